"""What happens the moment a bubble appears, before the bot is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from demo.telegram import Message
from tests.town import Town


async def until(holds: Callable[[], object]) -> None:
    """Another task works meanwhile, on what tells nobody."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0)


class Killed(BaseException):
    """The process ends here."""


def kill() -> None:
    raise Killed


@contextmanager
def when_shown(town: Town, act: Callable[[], object]) -> Iterator[None]:
    show = town.telegram.show

    def shows(message: Message) -> None:
        show(message)
        if message.sender is town.bot:
            act()

    town.telegram.show = shows  # type: ignore[method-assign]
    try:
        yield
    finally:
        town.telegram.show = show  # type: ignore[method-assign]
