"""Play “Sehari di Kota Kendari” in the terminal: the real bot in a make-believe Telegram."""

from __future__ import annotations

import asyncio
import io
import sys
from typing import TextIO

from rich.console import Console

from bot import logs
from demo import city, eve, script
from demo.bubbles import EDGE, Screen
from demo.city import Show
from demo.moments import Bubble, Moment, Narration

PACE = {Narration: 2.5, Bubble: 1.2}  # seconds to look at it
PER_LETTER, LONGEST = 0.006, 2.5


def main(fast: bool = False) -> None:
    """Where nobody watches, without pauses. Ctrl-C ends it at once."""
    logs.set_up("WARNING", "text")
    console = Console(highlight=False)
    screen = Screen(console)
    is_paced = sys.stdout.isatty() and not fast
    if is_paced:
        console.print("Ctrl-C mengakhiri peragaan.", style="dim")

    async def show(moment: Moment) -> None:
        screen.draw(moment)
        if is_paced:
            await asyncio.sleep(_pause(moment))

    try:
        asyncio.run(play(show))
    except KeyboardInterrupt:
        console.print()
    except BrokenPipeError:
        sys.stdout = io.TextIOWrapper(io.BytesIO())  # whoever read has seen enough


async def play(show: Show) -> None:
    """Every moment of the day goes to `show`, which takes the time it needs."""
    async with city.opened(eve.EVE, show) as kendari:
        await script.day(kendari)


def page(file: TextIO) -> Screen:
    """The same as plain text, whoever reads it."""
    plain = Console(file=file, width=EDGE, color_system=None, force_terminal=False, highlight=False)
    return Screen(plain)


def _pause(moment: Moment) -> float:
    letters = len(moment.text) if isinstance(moment, Bubble | Narration) else 0
    return min(LONGEST, PACE.get(type(moment), 1.0) + PER_LETTER * letters)
