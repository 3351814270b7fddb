"""Serve the page on loopback, and open it where there is a display."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette

from bot import logs
from demo.web.app import build

HOST = "127.0.0.1"
GRACE = 1  # seconds for open windows when it ends
UNIX = sys.platform not in ("darwin", "win32")


class Server(uvicorn.Server):
    """Calls `ready` with the address as soon as the page can be asked for."""

    def __init__(
        self, app: Starlette, listening: socket.socket, ready: Callable[[str], object]
    ) -> None:
        port = listening.getsockname()[1]
        config = uvicorn.Config(
            app, HOST, port, ws="none", log_level="error", server_header=False,
            timeout_graceful_shutdown=GRACE,
        )  # fmt: skip
        super().__init__(config)
        self.app, self.listening, self.ready = app, listening, ready
        self.address = f"http://{HOST}:{port}"

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.ready(self.address)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Open windows would be waited for."""
        self.app.state.leave()
        await super().shutdown(sockets)


def main(port: int) -> None:
    """0: any port. Exit code 1 and the number of a free one where it is taken. Ctrl-C ends it."""
    logs.set_up("ERROR", "text")
    with listen(port) as listening:
        try:
            Server(build(), listening, _show).run([listening])
        except KeyboardInterrupt:
            return


def listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if UNIX:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError:
        listening.close()
        raise SystemExit(_taken(port)) from None
    listening.listen()
    return listening


def _show(address: str) -> None:
    print(f"Peragaan Tuntas: {address}\nCtrl-C mengakhirinya.", flush=True)
    if not UNIX or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(address)


def _taken(port: int) -> str:
    with listen(0) as free:
        other = free.getsockname()[1]
    return (
        f"port {port} is taken, perhaps by another demo: open http://{HOST}:{port}, or take"
        f" another with --port {other} (make demo PORT={other})"
    )
