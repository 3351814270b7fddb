"""Whose turn it is to write: one at a time, in the order of asking; what is urgent comes first."""

from __future__ import annotations

import asyncio
from collections import deque

Waiting = deque[asyncio.Future[None]]
SHORT = 0.5  # seconds of patience once all are hurried


class Turns:
    def __init__(self) -> None:
        self.is_hurried = False
        self._is_taken = False
        self._urgent, self._others = Waiting(), Waiting()
        self._limits = set[asyncio.Timeout]()

    async def take(self, *, urgent: bool, patience: float) -> None:
        """`patience`: seconds. Raises TimeoutError where it does not come by then."""
        async with asyncio.timeout(min(patience, SHORT) if self.is_hurried else patience) as limit:
            self._limits.add(limit)
            try:
                await self._come(self._urgent if urgent else self._others)
            finally:
                self._limits.discard(limit)

    def hurry(self) -> None:
        """We are to stop: from now on nobody waits for long."""
        self.is_hurried = True
        soon = asyncio.get_running_loop().time() + SHORT
        for limit in self._limits:
            if not limit.expired() and (limit.when() or soon) > soon:
                limit.reschedule(soon)

    def leave(self) -> None:
        """To be called once for each that was taken."""
        for waiting in (self._urgent, self._others):
            while waiting:
                if not (following := waiting.popleft()).done():
                    following.set_result(None)
                    return
        self._is_taken = False

    async def _come(self, waiting: Waiting) -> None:
        if not self._is_taken:
            self._is_taken = True
            return
        mine = asyncio.get_running_loop().create_future()
        waiting.append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if not mine.cancelled():  # it came, and we are gone
                self.leave()
            raise
