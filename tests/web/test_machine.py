"""The computer behind the page and its clock, without a browser."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from demo.telegram import Bot, Chat
from demo.web import stage as staging
from demo.web.eve import Eve
from demo.web.stage import Stage
from demo.web.time import STEP, Time
from tests.web.visitor import PATIENCE

pytestmark = pytest.mark.asyncio(loop_scope="session")
GATHERED = timedelta(minutes=10)  # what is verified one by one is told together


async def test_a_slow_chat_holds_up_neither_the_start_nor_the_others(played: Eve) -> None:
    async with staging.opened(played) as stage, asyncio.timeout(PATIENCE / 1000):
        slow, swift = stage.group("DINKES"), stage.group("DUKCAPIL")
        is_fast = asyncio.Event()

        async def delay(bot: Bot, method: str, params: dict[str, Any]) -> None:
            if str(params.get("chat_id")) == str(slow.id):
                await is_fast.wait()

        await stage.machine.kill()
        stage.telegram.arriving.append(delay)
        stage.actor("DINKES").says("/done 3", to=slow)
        stage.actor("DUKCAPIL").says("/done 3", to=swift)
        await stage.machine.start()
        await answered(stage, swift)
        is_early = slow.last.sender is not stage.bot
        is_fast.set()
        await answered(stage, slow)

        assert is_early
        assert "✅ 3." in slow.last.text


async def test_what_falls_due_between_two_looks_at_everything_leaves_at_its_minute(
    played: Eve,
) -> None:
    async with staging.opened(played) as stage, asyncio.timeout(PATIENCE / 1000):
        group, coordinator = stage.group("DINKES"), stage.actor("coordinator")
        stage.actor("DINKES").says("/done 3", to=group)
        await answered(stage, group)
        coordinator.says("/verifikasi", to=stage.bot)
        await answered(stage, queue := coordinator.chat(stage.bot))
        stage.clock.now = verified = stage.clock.now.replace(hour=14, minute=3)
        coordinator.presses(queue.last, "✅ Verifikasi")
        await news(stage, lambda: bool(coordinator.pop_ups[-1].answered))
        time = Time(stage)
        await time.go("digest")
        assert time.going
        await time.going

        assert "Terverifikasi" in group.bubbles[-1].text
        assert verified + GATHERED <= group.bubbles[-1].when <= verified + GATHERED + STEP


async def answered(stage: Stage, chat: Chat) -> None:
    """What was said last in this chat."""
    said = chat.last
    await news(stage, lambda: chat.last is not said or said.sender is stage.bot)


async def news(stage: Stage, is_there: Callable[[], bool]) -> None:
    called = asyncio.Event()

    async def tell(bot: Bot, method: str, params: dict[str, Any], body: dict[str, Any]) -> None:
        called.set()

    stage.telegram.answering.append(tell)
    while not is_there():
        called.clear()
        await called.wait()
    stage.telegram.answering.remove(tell)
