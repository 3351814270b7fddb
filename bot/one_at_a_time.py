"""Answers leave one after the other, each until it is noted as given: a crash repeats at most one.
On a slow line several are on their way: nobody waits longer than PATIENCE for another's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PATIENCE = 0.5  # seconds


class OneAtATime:
    def __init__(self) -> None:
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Ours alone, unless we waited too long for it; and no longer than PATIENCE."""
        if not await self._is_ours():
            yield
            return
        turn = _Turn(self._lock)
        try:
            yield
        finally:
            turn.end()

    async def _is_ours(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._lock.acquire()
        except TimeoutError:
            return False


class _Turn:
    """Ends once: when it is over, or when it took too long."""

    def __init__(self, lock: asyncio.Lock) -> None:
        self._lock, self._is_over = lock, False
        self._timer = asyncio.get_running_loop().call_later(PATIENCE, self.end)

    def end(self) -> None:
        if not self._is_over:
            self._is_over = True
            self._timer.cancel()
            self._lock.release()
