"""While Telegram is away the log says so ever more seldom, and once when it is back; it is tried as
often as ever."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot import absence, receive
from bot.absence import Absence
from bot.cli import run
from demo.telegram import Bot
from demo.telegram.trouble import Cut
from tests.test_first_minute import running
from tests.test_reach import fresh
from tests.town import Town

TRIES = 40
AWAY, BACK = "Telegram cannot be reached", "Telegram can be reached again"


def told(logged: list[Any], *events: str) -> list[Any]:
    return [line for line in logged if line["event"] in (events or (AWAY, BACK))]


def an_hour(every: int) -> tuple[list[int], list[Any]]:
    """Tried so often, in seconds. The seconds at which a line was written, and the lines."""
    now, lines, at = [0.0], [], []
    away = Absence(lambda: now[0])
    for second in range(0, 3600, every):
        now[0] = second
        with capture_logs() as logged:
            away.goes_on(OSError("no route"), every)
        at += [second] * len(logged)
        lines += logged
    now[0] = 3600
    with capture_logs() as logged:
        away.ends()
        away.ends()
    return at, lines + logged


@pytest.mark.parametrize("every", [1, 3, 5])
def test_the_lines_get_rarer_to_one_a_minute_and_one_says_that_it_is_back(every: int) -> None:
    at, lines = an_hour(every)
    gaps = [later - earlier for earlier, later in pairwise(at)]

    assert at[0] == 0
    assert gaps == sorted(gaps)
    assert absence.MOST <= gaps[-1] < absence.MOST + every
    assert [(line["event"], line["log_level"]) for line in lines[-1:]] == [(BACK, "warning")]
    assert told(lines, BACK) == lines[-1:]
    assert (lines[-1]["after"], lines[-1]["tries"]) == (3600, 3600 // every)


def test_the_next_time_it_is_said_at_once_again() -> None:
    now = [0.0]
    away = Absence(lambda: now[0])
    with capture_logs() as logged:
        for now[0] in range(100):
            away.goes_on(OSError("x"), 1)
        away.ends()
        away.goes_on(OSError("x"), 1)

    assert [line["event"] for line in logged[-2:]] == [BACK, AWAY]
    assert logged[-1]["tries"] == 1


async def test_a_start_tries_often_and_says_it_seldom(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "AGAIN", 0.0)
    for _ in range(TRIES):
        town.telegram.cuts_next(httpx.ConnectError("x"), method="getMe")
    with capture_logs() as logged:
        assert await run._reach(fresh(town), asyncio.Event())

    assert [line["event"] for line in logged] == [AWAY, BACK, "Running"]
    assert logged[1]["tries"] == TRIES


async def test_a_bot_that_runs_says_it_seldom_and_that_it_is_back(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it asks once it is back it does not wait for: that is answered at once."""
    monkeypatch.setattr(receive, "BREATH", 0.001)
    patience, is_back = [], asyncio.Event()

    async def fails(_bot: Bot, method: str, params: dict[str, Any]) -> None:
        if method.lower() == "getupdates":
            patience.append(params.get("timeout", 0))
            if len(patience) <= TRIES:
                raise Cut(httpx.ConnectError("broken"))
            if len(patience) > TRIES + 1:
                is_back.set()

    town.telegram.arriving.append(fails)
    with capture_logs() as logged:
        async with running(town), asyncio.timeout(30):
            await is_back.wait()

    assert [line["event"] for line in told(logged)] == [AWAY, BACK]
    assert [str(seconds) for seconds in patience[:3] + patience[TRIES : TRIES + 2]] == [
        "0", "0", "0", "0", "50"
    ]  # fmt: skip
