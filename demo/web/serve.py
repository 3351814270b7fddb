"""Serve the page on loopback, and open it where there is a display."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser

import uvicorn

from bot import logs
from demo.web.app import build

HOST, PORT = "127.0.0.1", 8080
GRACE = 2  # seconds for open windows when it ends


class Server(uvicorn.Server):
    """Says where it is as soon as it can be asked."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            address = f"http://{HOST}:{self.config.port}"
            print(f"Peragaan Tuntas: {address}\nCtrl-C mengakhirinya.", flush=True)
            if has_display():
                webbrowser.open(address)


def main(port: int) -> None:
    """0: any port. Exit code 1 and the number of a free one where it is taken. Ctrl-C ends it."""
    logs.set_up("ERROR", "text")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except OSError:
            raise SystemExit(taken(port)) from None
        listening.listen()
        config = uvicorn.Config(
            build(), HOST, listening.getsockname()[1], log_level="error", server_header=False,
            timeout_graceful_shutdown=GRACE, ws="none",
        )  # fmt: skip
        try:
            Server(config).run([listening])
        except KeyboardInterrupt:
            return


def taken(port: int) -> str:
    return (
        f"port {port} is taken, perhaps by another demo at http://{HOST}:{port}: open that, or"
        f" run `python -m bot demo --port {_free()}`"
    )


def has_display() -> bool:
    is_unix = sys.platform not in ("darwin", "win32")
    return not is_unix or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _free() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as any_port:
        any_port.bind((HOST, 0))
        return int(any_port.getsockname()[1])
