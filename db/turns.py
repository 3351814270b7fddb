"""Whose turn it is to write: one at a time, in the order of asking; what is urgent comes first."""

from __future__ import annotations

import asyncio
from collections import deque

Waiting = deque[asyncio.Future[None]]


class Turns:
    def __init__(self) -> None:
        self._is_taken = False
        self._urgent, self._others = Waiting(), Waiting()

    async def take(self, *, urgent: bool, patience: float) -> None:
        """`patience`: seconds. Raises TimeoutError where it does not come by then."""
        async with asyncio.timeout(patience):
            await self._come(self._urgent if urgent else self._others)

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
