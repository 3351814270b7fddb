"""Telegram's limits are kept without a single refusal, and who waits for an answer goes first.

Real time, in which a second lasts a fortieth of one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram.error import RetryAfter
from telegram.ext import ExtBot

from bot.pace import ALL, BROADCAST, GRACE, Closing, Pace
from bot.windows import GROUP, MANY
from demo.telegram import Telegram
from tests.shown import until

SECOND = 0.025
A_REAL_ONE = 1 / SECOND  # a machine that is busy with other things may need so much more


class Line:
    """A bot with our rate limiter before a Telegram that refuses who is too fast."""

    def __init__(self, pace: Pace, telegram: Telegram, bot: ExtBot[Any]) -> None:
        self.pace, self.telegram, self.bot = pace, telegram, bot
        self.me = telegram.bots[0]
        self.owner = telegram.person("Sari")

    def chats(self, count: int) -> list[int]:
        return [self._group(n) for n in range(count)]

    def _group(self, n: int) -> int:
        return self.telegram.group(f"Grup {n}", creator=self.owner, members=[self.me]).id

    async def broadcasts(self, chats: Sequence[int]) -> float:
        """As the sender does, one after the other. Seconds of Telegram's clock."""
        began = time.monotonic()
        for chat in chats:
            await self.pace.room()
            await self.bot.send_message(chat, "pengingat", rate_limit_args=BROADCAST)
        return (time.monotonic() - began) / SECOND

    async def answers(self, chat: int, text: str = "dicatat") -> float:
        began = time.monotonic()
        await self.bot.send_message(chat, text)
        return (time.monotonic() - began) / SECOND


async def slept(seconds: float, began: float) -> float:
    """How many seconds of Telegram's clock after `began` this machine ends a sleep of so many."""
    return await ended(asyncio.sleep(seconds * SECOND), began)


async def ended(work: Coroutine[Any, Any, object], began: float) -> float:
    await work
    return (time.monotonic() - began) / SECOND


@asynccontextmanager
async def opened(second: float = SECOND) -> AsyncIterator[Line]:
    telegram = Telegram(
        lambda: datetime.now(UTC), limits=True, second=timedelta(seconds=second or 1)
    )
    me, pace = telegram.bot("tuntas_bot"), Pace(second)
    door = telegram.door(me.token)
    bot: ExtBot[Any] = ExtBot(me.token, request=door, get_updates_request=door, rate_limiter=pace)
    async with bot:
        yield Line(pace, telegram, bot)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with opened() as one:
        yield one


async def test_a_broadcast_is_never_refused_and_hardly_slower_than_the_limit(line: Line) -> None:
    took = await line.broadcasts(line.chats(240))

    assert not line.telegram.refused
    assert took >= (240 - ALL[0]) / ALL[0]


async def test_one_group_gets_no_more_than_its_share(line: Line) -> None:
    [chat] = line.chats(1)
    began = time.monotonic()
    for _ in range(GROUP[0] + 1):
        await line.answers(chat)
    took = (time.monotonic() - began) / SECOND

    assert not line.telegram.refused
    assert took >= GROUP[1] - 0.1


async def test_edits_that_nobody_waits_for_leave_a_group_half_of_its_share(line: Line) -> None:
    [chat] = line.chats(1)
    message = await line.bot.send_message(chat, "pengingat")
    began, edits = time.monotonic(), 0
    while time.monotonic() - began < SECOND * GROUP[1] * 0.9:
        if line.pace.spare_in(chat):
            await asyncio.sleep(SECOND / 10)
            continue
        edits += 1
        await line.bot.edit_message_text(
            f"{edits}", chat, message.message_id, rate_limit_args=BROADCAST
        )

    assert 1 < edits < GROUP[0] // 2
    assert line.pace.spare_in(chat) > 0
    assert line.pace.free_in(chat) == 0


async def test_what_waits_for_a_full_group_holds_up_nobody_else(line: Line) -> None:
    full, *others = line.chats(30)
    for _ in range(GROUP[0]):
        await line.answers(full)
    waiting = asyncio.create_task(line.answers(full))
    await line.broadcasts(others)

    assert not waiting.done()
    assert line.pace.free_in(full) > 0
    assert line.pace.free_in(others[0]) == 0
    waiting.cancel()


async def test_one_that_hangs_holds_up_nobody_else(line: Line) -> None:
    hangs, *others = line.chats(3 * ALL[0])
    free = asyncio.Event()

    async def arrives(_bot: object, _method: str, params: dict[str, Any]) -> None:
        if str(params.get("chat_id")) == str(hangs):
            await free.wait()

    line.telegram.arriving.append(arrives)
    hanging = asyncio.create_task(line.answers(hangs))
    async with asyncio.timeout(10):
        await asyncio.gather(*map(line.answers, others))
    assert not hanging.done()
    free.set()
    await hanging

    assert not line.telegram.refused


async def test_what_was_claimed_before_a_silence_does_not_wait_for_its_end() -> None:
    """Its hour may pass meanwhile."""
    async with opened() as line:
        one, other = line.chats(2)
        line.telegram.refuses_next(429, "Too Many Requests: retry after 8", retry_after=8)
        answering = asyncio.create_task(line.answers(one))
        await until(line.pace.silence)
        with pytest.raises(RetryAfter):
            await line.bot.send_message(other, "pengingat", rate_limit_args=BROADCAST)
        assert not answering.done()
        await answering

    assert len(line.telegram.refused) == 1


async def test_an_answer_goes_before_every_broadcast_that_waits(line: Line) -> None:
    *groups, chat = line.chats(60)
    broadcasts = [
        asyncio.create_task(line.bot.send_message(group, "p", rate_limit_args=BROADCAST))
        for group in groups
    ]
    await asyncio.wait(broadcasts, return_when=asyncio.FIRST_COMPLETED)
    await line.answers(chat)

    before = sum(task.done() for task in broadcasts)
    await asyncio.gather(*broadcasts)
    assert before < len(groups) / 2
    assert not line.telegram.refused


async def test_everybody_is_silent_for_as_long_as_telegram_says() -> None:
    async with opened() as line:
        one, other = line.chats(2)
        line.telegram.refuses_next(429, "Too Many Requests: retry after 8", retry_after=8)
        began = time.monotonic()
        with pytest.raises(RetryAfter):
            await line.bot.send_message(one, "pengingat", rate_limit_args=BROADCAST)
        sleeping = asyncio.create_task(slept(8, began))
        answering = [asyncio.create_task(ended(line.answers(chat), began)) for chat in (one, other)]
        took, usual = await asyncio.gather(*answering), await sleeping

    assert all(8 <= seconds < usual + A_REAL_ONE for seconds in took)
    assert len(line.telegram.refused) == 1


async def test_an_answer_that_was_refused_is_said_after_the_silence(line: Line) -> None:
    [chat] = line.chats(1)
    line.telegram.refuses_next(429, "Too Many Requests: retry after 2", retry_after=2)
    took = await line.answers(chat)

    assert took >= 2
    assert line.telegram.transcript[-1].text == "dicatat"


async def test_reading_is_not_slowed_down(line: Line) -> None:
    line.telegram.refuses_next(429, "Too Many Requests: retry after 99", retry_after=99)
    with pytest.raises(RetryAfter):
        await line.bot.send_message(line.chats(1)[0], "p", rate_limit_args=BROADCAST)
    async with asyncio.timeout(1):
        me = await line.bot.get_me()

    assert me.username == "tuntas_bot"


async def test_chats_of_long_ago_are_forgotten() -> None:
    async with opened(second=0) as line:
        line.telegram.limits = None
        for chat in line.chats(3 * MANY):
            await line.answers(chat)

    assert len(line.pace._chats) <= 2 * MANY


async def test_what_would_have_to_wait_gives_up_when_we_are_to_stop(line: Line) -> None:
    full, other = line.chats(2)
    for _ in range(GROUP[0]):
        await line.answers(full)
    waiting = asyncio.create_task(line.answers(full))
    await asyncio.sleep(0)
    line.pace.close()
    with pytest.raises(Closing) as gave_up:
        await waiting
    await line.answers(other)

    assert gave_up.value.__cause__ is None
    assert line.telegram.transcript[-1].text == "dicatat"


async def test_what_is_on_its_way_when_we_are_to_stop_is_cut_off_soon(line: Line) -> None:
    never = asyncio.Event()

    async def call(*_: object, **__: object) -> None:
        await never.wait()

    sending = asyncio.create_task(
        line.pace.process_request(call, (), {}, "sendMessage", {"chat_id": 1}, None)
    )
    await asyncio.sleep(0)
    began = time.monotonic()
    line.pace.close()
    with pytest.raises(Closing) as cut_off:
        await sending

    assert isinstance(cut_off.value.__cause__, TimeoutError)
    assert time.monotonic() - began < 2 * GRACE
