"""A socket on loopback: it listens, refuses while Telegram is down, and breaks connections."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

HERE = "127.0.0.1"
KEPT_ALIVE = 75  # seconds; as nginx, so that no client finds its idle connection closed
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: the other end is told at once, and rudely


class Listener:
    """Serves an ASGI application at `address` while `is_open`; see `keep`."""

    def __init__(self, app: Any) -> None:
        self.config = uvicorn.Config(
            app,
            http="h11",
            lifespan="off",
            log_config=None,
            access_log=False,
            date_header=False,
            server_header=False,
            timeout_keep_alive=KEPT_ALIVE,
        )
        self.config.load()
        self.state = ServerState()
        self.place = _bound(0)  # never listens: it keeps the port while nobody does
        self.server: asyncio.Server | None = None

    @property
    def address(self) -> str:
        return f"http://{HERE}:{self.place.getsockname()[1]}"

    async def open(self) -> None:
        if self.server is None:
            listening = _bound(self.place.getsockname()[1])
            loop = asyncio.get_running_loop()
            self.server = await loop.create_server(self._protocol, sock=listening)

    async def close(self) -> None:
        """Whoever comes now is refused; whoever is here is cut off."""
        if self.server:
            self.server.close()
            self.server = None
        for connection in list(self.state.connections):
            _break(connection.transport, rudely=True)
        await asyncio.sleep(0)

    async def leave(self) -> None:
        """For good; returns when nothing is under way any more."""
        await self.close()
        while self.state.tasks:
            await asyncio.wait(self.state.tasks)
        self.place.close()

    def cut(self, client: tuple[str, int], *, rudely: bool) -> None:
        """Close the connection of this client; `rudely`: reset it."""
        for connection in self.state.connections:
            if getattr(connection, "client", None) == client:
                _break(connection.transport, rudely=rudely)
                return

    def _protocol(self) -> H11Protocol:
        return H11Protocol(self.config, self.state, {})


def _bound(port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or each answer waits 40 ms
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((HERE, port))
    return made


def _break(transport: asyncio.Transport, *, rudely: bool) -> None:
    if rudely:
        with contextlib.suppress(OSError):  # the other end may be gone already
            sock = transport.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    transport.abort()
