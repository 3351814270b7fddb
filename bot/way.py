"""A gate and what stands behind it: what a route leads to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.context import Answer, Call
from bot.gate import Gate

Handler = Callable[[Call], Awaitable[Answer | None]]


@dataclass(frozen=True, slots=True)
class Way:
    """`name`: the command, or the word of the button."""

    name: str
    gate: Gate
    handler: Handler
    is_command: bool = True
