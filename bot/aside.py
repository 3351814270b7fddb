"""What is done beside receiving, which waits for none of it: a locked database holds up what must
be written, and no fetch."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

RESTS = 1.0  # seconds between two beginnings, so that what fails at once does not fill the log
Work = Callable[[], Coroutine[Any, Any, None]]


class Aside:
    """At most one of its kind is under way, and one a second begins."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._task: asyncio.Task[None] | None = None
        self._not_before = 0.0

    def begin(self) -> None:
        """Raises what the one before raised."""
        if self._task and self._task.done():
            self._task.result()
            self._task = None
        if self._task is None and time.monotonic() >= self._not_before:
            self._not_before = time.monotonic() + RESTS
            self._task = asyncio.create_task(self._work())

    async def idle(self) -> None:
        if self._task:
            await self._task
            self._task = None
