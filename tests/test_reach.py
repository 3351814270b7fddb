"""A start waits for a Telegram that cannot be reached yet, whatever stands in its place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest
from telegram.error import InvalidToken

from bot import app as application
from bot.cli import run
from bot.context import App
from tests.town import Town

AWAY: dict[str, Callable[[Town], None]] = {
    "no network": lambda town: town.telegram.cuts_next(httpx.ConnectError("x"), method="getMe"),
    "a captive portal": lambda town: town.telegram.garbles_next(method="getMe"),
    "500": lambda town: town.telegram.refuses_next(500, "Internal Server Error", method="getMe"),
}


@pytest.mark.parametrize("what", AWAY)
async def test_a_start_tries_again(town: Town, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "AGAIN", 0.0)
    AWAY[what](town)
    app = fresh(town)

    assert await run._reach(app, asyncio.Event())
    assert app.bot.username == "tuntas_bot"


async def test_a_start_waits_as_long_as_telegram_says(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "AGAIN", 3600.0)
    refusal = "Too Many Requests: retry after 1"
    town.telegram.refuses_next(429, refusal, method="getMe", retry_after=1)
    async with asyncio.timeout(20):
        reached = await run._reach(fresh(town), asyncio.Event())

    assert reached


async def test_a_start_does_not_wait_for_a_wrong_token(town: Town) -> None:
    town.telegram.refuses_next(401, "Unauthorized", method="getMe")

    with pytest.raises(InvalidToken):
        await run._reach(fresh(town), asyncio.Event())


def fresh(town: Town) -> App:
    """An application that has not asked Telegram anything yet."""
    return application.build(town.desk, town.telegram.door(town.bot.token))
