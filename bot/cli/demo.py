"""demo: the whole bot against the make-believe Telegram."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Annotated

import typer

PORT = 8080


def demo(
    terminal: Annotated[
        bool, typer.Option("--terminal", help="Play the day here instead of serving a page.")
    ] = False,
    fast: Annotated[bool, typer.Option("--fast", help="Play it without pauses.")] = False,
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help=f"Serve the page there, not at {PORT}."),
    ] = None,
) -> None:
    """Try Tuntas in Kota Kendari: no token, no network, nothing kept.

    Serves a page for the browser of this machine alone. Where there is no display, or nobody
    at a terminal, it plays a day as text instead, unless --port asks for the page.

    Example: python -m bot demo --port 8081
    """
    if terminal or fast or (port is None and not _has_display()):
        importlib.import_module("demo.play").main(fast=fast)
        return
    importlib.import_module("demo.web.serve").main(PORT if port is None else port)


def _has_display() -> bool:
    is_desktop = sys.platform in ("darwin", "win32")
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.stdout.isatty() and (is_desktop or bool(display))
