"""How fast Telegram lets us speak, and who goes first: a person's answer before a broadcast.

The limits are those of the Bot API FAQ ("My bot is hitting limits"): about 30 messages a second
in all, 20 a minute into one group, one a second into one chat where short bursts pass.
Edits share the limits of a chat (tdlib/td, issues 2592 and 3034).
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import structlog
from telegram.error import NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.windows import GROUP, Chats, Slot, Window, opens_at

log = structlog.get_logger(__name__)

BROADCAST = "broadcast"  # the rate_limit_args of what nobody waits for
ALL = (30, 1.0)  # so many in so many seconds
EVENLY = ALL[1] / ALL[0]  # seconds between two broadcasts, so that an answer finds room at once
CREDIT = 0.1  # seconds that a broadcast which comes late may make up for
SOON = 0.015  # seconds that it takes to claim and write one
GRACE = 1.0  # seconds that what is on its way may still take when we are to stop
FAIR = 3  # how often one answer is tried while Telegram says "later"


class Closing(NetworkError):
    """We are to stop. With a cause it was on its way already; without, it never left."""


class Pace(BaseRateLimiter[str]):
    """Every call of the bot passes here. `second`: how long one lasts; tests and demos whose
    Telegram sets no limits take 0."""

    def __init__(self, second: float = 1.0) -> None:
        self.second = second
        self.closing = asyncio.Event()
        self._all = Window(ALL[0], ALL[1] * second)
        self._chats = Chats()
        self.hushed_until = 0.0  # by the loop's clock
        self._next_broadcast = 0.0
        self._eager: set[object] = set()  # answers that wait for nothing but their turn
        self._moved = asyncio.Condition()

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def close(self) -> None:
        """What would have to wait gives up; what is on its way gets GRACE."""
        self.closing.set()

    def free_in(self, chat_id: int) -> float:
        """Seconds until this chat may get another message; 0: now."""
        opening = min(opens_at(self._chats.seen(chat_id)), _now() + GROUP[1])
        return max(0.0, opening - _now())

    def spare_in(self, chat_id: int) -> float:
        """Seconds until this chat may be sent what nobody waits for, and leaves half of its room to
        who does; 0: now."""
        now = _now()
        windows = self._chats.seen(chat_id)
        return max(0.0, *(window.half_opens_at(now) - now for window in windows), 0.0)

    def silence(self) -> timedelta:
        """How long Telegram still wants to hear nothing."""
        return timedelta(seconds=max(0.0, self.hushed_until - _now()))

    async def opening(self, chat_id: int) -> None:
        """Wait until an answer could leave for this chat at once. Raises Closing."""
        await self._wait_for((self._all, *self._chats.seen(chat_id)), None)

    def is_open(self, chat_id: int) -> bool:
        """Whether an answer could leave for this chat at once."""
        return self._wait((self._all, *self._chats.seen(chat_id)), None) <= 0

    async def room(self) -> None:
        """Wait until a broadcast could leave as soon as it is claimed and written."""
        while (wait := self._wait((self._all,), BROADCAST)) > SOON and not self.closing.is_set():
            await self._pause(wait - SOON)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Any:
        """`telegram.ext.BaseRateLimiter`. Raises RetryAfter to who broadcasts, and Closing."""
        if endpoint.startswith("get"):
            return await callback(*args, **kwargs)
        for tried in range(FAIR):
            async with self._turn(self._windows(endpoint, data, rate_limit_args), rate_limit_args):
                try:
                    return await self._before_the_end(callback(*args, **kwargs))
                except RetryAfter as later:
                    self.hush(later)
                    if rate_limit_args == BROADCAST or tried == FAIR - 1:
                        raise
        raise AssertionError("the last try answers or raises")

    @asynccontextmanager
    async def _turn(self, windows: tuple[Window, ...], kind: str | None) -> AsyncIterator[None]:
        await self._wait_for(windows, kind)
        slot = Slot()
        for window in windows:
            window.add(slot)
        if kind == BROADCAST:
            late = max(self._next_broadcast, _now() - CREDIT * self.second)
            self._next_broadcast = late + EVENLY * self.second
        try:
            yield
        finally:
            slot.end = _now()
            async with self._moved:
                self._moved.notify_all()

    async def _wait_for(self, windows: tuple[Window, ...], kind: str | None) -> None:
        """What could leave at once leaves even when we are to stop; what must wait gives up."""
        ticket = object()
        try:
            while (wait := self._wait(windows, kind)) > 0:
                if self.closing.is_set():
                    raise Closing("the bot is about to stop")
                if kind == BROADCAST and self.silence():
                    raise RetryAfter(self.silence())  # its time may pass meanwhile
                if kind != BROADCAST and opens_at(windows[1:]) <= _now():
                    self._eager.add(ticket)
                await self._pause(wait)
        finally:
            self._eager.discard(ticket)

    def _wait(self, windows: tuple[Window, ...], kind: str | None) -> float:
        opening = max(opens_at(windows), self.hushed_until)
        if kind == BROADCAST:
            opening = max(opening, math.inf if self._eager else self._next_broadcast)
        return opening - _now()

    async def _pause(self, wait: float) -> None:
        """Until that has passed, or something changed."""
        async with self._moved:
            try:
                async with asyncio.timeout(min(wait, GRACE / 2)):
                    await self._moved.wait()
            except TimeoutError:
                return

    def hush(self, later: RetryAfter) -> None:
        """Everybody is silent for so long; what is only owed waits where it is written down."""
        wait: Any = later.retry_after  # a timedelta by PTB_TIMEDELTA (bot.quiet)
        self.hushed_until = max(self.hushed_until, _now() + wait.total_seconds() * self.second)
        log.warning("Telegram wants silence", seconds=wait.total_seconds())

    async def _before_the_end(self, call: Coroutine[Any, Any, Any]) -> Any:
        """What is on its way when we are to stop is not waited for longer than GRACE."""
        calling = asyncio.ensure_future(call)
        closing = asyncio.create_task(self.closing.wait())
        try:
            await asyncio.wait({calling, closing}, return_when=asyncio.FIRST_COMPLETED)
            if not calling.done():
                await asyncio.wait({calling}, timeout=GRACE)
        finally:
            closing.cancel()
            if not calling.done():
                calling.cancel()
        if calling.cancelled() or not calling.done():
            raise Closing("cut off: the bot is about to stop") from TimeoutError()
        return calling.result()

    def _windows(self, endpoint: str, data: dict[str, Any], kind: str | None) -> tuple[Window, ...]:
        """Which count this call. Answers to presses are no messages; edits that somebody waits for
        are few, and wait for no room; of others there may be many."""
        counted = ("send", "edit") if kind == BROADCAST else ("send",)
        if not endpoint.startswith(counted) or endpoint == "sendChatAction":
            return ()
        return (self._all, *self._chats.of(int(data["chat_id"]), self.second, _now()))


def _now() -> float:
    return asyncio.get_running_loop().time()
