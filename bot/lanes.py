"""How many of the messages that are owed are on their way at a time: one, so that a crash leaves at
most one of unknown fate; more only while a large broadcast is running."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Hashable
from datetime import timedelta
from typing import Any

from bot.pace import EVENLY

MOST = 8  # httpx gets slower the more it does at once
SMALL = 5.0  # seconds; a broadcast that takes longer is a large one, and speed matters
NEWEST = 0.2  # the weight of the newest message in the usual time


class Lanes:
    """A message holds its lane from its claim until its outcome is committed. A large broadcast
    gets as many lanes as the line needs to keep Telegram's pace."""

    def __init__(self) -> None:
        self.pause: timedelta | None = None  # that Telegram wants of all
        self._began = 0.0
        self._usual = 0.0  # seconds that a message takes
        self._tasks: dict[asyncio.Task[None], Hashable] = {}

    @property
    def is_busy(self) -> bool:
        return bool(self._tasks)

    @property
    def count(self) -> int:
        if _now() - self._began < SMALL:
            return 1
        return min(MOST, max(1, round(self._usual / EVENLY)))

    def begin(self) -> None:
        """A broadcast, perhaps of one message."""
        self._began = _now()

    async def run(self, recipient: Hashable, work: Coroutine[Any, Any, timedelta | None]) -> None:
        """Start it; what goes to the same recipient keeps its order."""
        while recipient in self._tasks.values():
            await self._one()
        self._tasks[asyncio.create_task(self._timed(work))] = recipient

    async def free(self) -> None:
        while len(self._tasks) >= self.count:
            await self._one()

    async def clear(self) -> None:
        while self._tasks:
            await self._one()

    def hush(self, pause: timedelta | None) -> None:
        """The longest that was asked for counts."""
        self.pause = max(filter(None, (self.pause, pause)), default=None)

    def take_pause(self) -> timedelta | None:
        pause, self.pause = self.pause, None
        return pause

    async def _one(self) -> None:
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            del self._tasks[task]
        for task in done:
            task.result()

    async def _timed(self, work: Coroutine[Any, Any, timedelta | None]) -> None:
        began = _now()
        pause = await work
        self._usual += NEWEST * (_now() - began - self._usual)
        self.hush(pause)


def _now() -> float:
    return asyncio.get_running_loop().time()
