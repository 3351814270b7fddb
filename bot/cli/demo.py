"""demo: the whole bot against the make-believe Telegram."""

from __future__ import annotations

import importlib
from typing import Annotated

import typer


def demo(
    fast: Annotated[bool, typer.Option("--fast", help="Without pauses for reading.")] = False,
) -> None:
    """Play a day in Kota Kendari: no token, no network, nothing kept.

    Example: python -m bot demo --fast
    """
    importlib.import_module("demo.play").main(fast=fast)
