"""What the bot does first when it starts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from bot import app as application
from bot import receive
from db.models import Owed, Pulse
from demo.telegram import Bot
from demo.telegram.trouble import Cut
from tests.questions import count
from tests.test_inbox import called, slow, until
from tests.town import Town, wita


@asynccontextmanager
async def running(town: Town) -> AsyncIterator[None]:
    stop = asyncio.Event()
    bot = asyncio.create_task(application.run(town.app, stop))
    try:
        yield
    finally:
        stop.set()
        await bot
        await town.app.initialize()


async def test_a_bot_that_cannot_receive_has_no_pulse(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the outage that it tells of would end too early."""
    monkeypatch.setattr(receive, "BREATH", 0.01)

    async def fails(_bot: Bot, method: str, _params: dict[str, Any]) -> None:
        if method.lower() == "getupdates":
            raise Cut(httpx.ConnectError("broken"))

    town.telegram.arriving.append(fails)
    async with running(town):
        await until(town, lambda: "⏰" in str(town.said_in(town.groups["DIKBUD"])))
        async with town.desk.view() as session:
            beats = await session.scalar(select(func.count()).select_from(Pulse))

    assert beats == 0


async def test_what_waited_takes_effect_before_any_reminder(town: Town) -> None:
    """What one of two reminders would be about is confirmed."""
    dikbud, dinkes = town.groups["DIKBUD"], town.groups["DINKES"]
    await town.item("DINKES", 2, "Papan nama", wita(11, 20))
    town.people["sari"].says("/done@tuntas_bot 1, 2", to=dikbud)
    async with running(town):
        await until(town, lambda: "⏰" in str(town.said_in(dinkes)))
        async with town.desk.view() as session:
            owed = list(await session.scalars(select(Owed.key).where(Owed.kind == "reminder")))

    assert owed == ["reminder:DINKES:2026-11-24"]
    [receipt] = town.said_in(dikbud)
    assert receipt.text.count(": dicatat") == 2


async def test_a_slow_chat_holds_up_no_start(town: Town) -> None:
    dikbud, dinkes = town.groups["DIKBUD"], town.groups["DINKES"]
    free = slow(town, dikbud)
    town.people["sari"].says("/done@tuntas_bot 1", to=dikbud)
    async with running(town):
        await called(town, lambda method, _: method == "sendMessage")
        town.people["budi"].says("/done@tuntas_bot 1", to=dinkes)
        await until(town, lambda: len(town.said_in(dinkes)) == 1)
        assert not town.said_in(dikbud)
        free.set()
        await until(town, lambda: len(town.said_in(dikbud)) >= 1)

    assert await count(town, "submit") == 2
