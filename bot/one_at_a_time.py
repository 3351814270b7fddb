"""Answers leave one after the other, each once it is noted that the one before was given: a crash
repeats at most one. On a slow line several are on their way: nobody waits longer than PATIENCE for
another's to arrive."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.pace import Closing

PATIENCE = 0.5  # seconds


class OneAtATime:
    """`is_stuck`: what was given cannot be noted, and we are to stop."""

    def __init__(self) -> None:
        self.is_stuck = False
        self._lock = asyncio.Lock()
        self._waiting = set[_Patience]()
        self._notes = 0
        self._noted = asyncio.Event()
        self._noted.set()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Ours alone, unless others took too long; and no longer than PATIENCE. Raises Closing."""
        turn = await self._come()
        try:
            while self._notes:  # one may begin while we are woken by the end of another
                await self._noted.wait()
            if self.is_stuck:
                raise Closing("what was given before cannot be noted")
            turn.begin()
            yield
        finally:
            turn.end()

    @contextmanager
    def noting(self) -> Iterator[None]:
        """An answer was given. However long it takes to note that, no other leaves."""
        self._notes += 1
        self._noted.clear()
        for one in self._waiting:
            one.rests()
        try:
            yield
        finally:
            self._notes -= 1
            if not self._notes:
                self._noted.set()
                for one in self._waiting:
                    one.goes_on()

    async def _come(self) -> _Turn:
        patience = _Patience()
        self._waiting.add(patience)
        try:
            async with patience.timeout:
                if self._notes:
                    patience.rests()
                await self._lock.acquire()
                return _Turn(self._lock)
        except TimeoutError:
            return _Turn(None)
        finally:
            self._waiting.discard(patience)


class _Patience:
    """With others while they speak; it rests while they note that they did."""

    def __init__(self) -> None:
        self.timeout = asyncio.timeout(PATIENCE)
        self._left = PATIENCE

    def rests(self) -> None:
        when = self.timeout.when()
        if when is not None and not self.timeout.expired():
            self._left = when - _now()
            self.timeout.reschedule(None)

    def goes_on(self) -> None:
        if not self.timeout.expired():
            self.timeout.reschedule(_now() + self._left)


class _Turn:
    """Ends once: when it is over, or when it took too long. Without a lock it is one beside that of
    another."""

    def __init__(self, lock: asyncio.Lock | None) -> None:
        self._lock = lock
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(PATIENCE, self.end)

    def end(self) -> None:
        if self._timer:
            self._timer.cancel()
        if self._lock:
            self._lock.release()
            self._lock = None


def _now() -> float:
    return asyncio.get_running_loop().time()
