"""Receiving goes on whatever one chat, one update or one answer does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest
import structlog
from telegram.error import Conflict

from bot import app as application
from bot import receive
from bot.pace import Pace
from db.models import State
from demo.telegram import Bot, Chat
from tests.questions import count, state
from tests.shown import when_shown
from tests.town import Town


@asynccontextmanager
async def receiving(town: Town) -> AsyncIterator[asyncio.Task[None]]:
    stop = asyncio.Event()
    task = asyncio.create_task(receive.forever(town.app, town.offset, stop))
    try:
        yield task
    finally:
        stop.set()
        town.desk.pace.close()
        await task


async def until(town: Town, done: Callable[[], bool]) -> None:
    """Each bubble of the bot may be the one that is waited for."""
    shown = asyncio.Event()
    with when_shown(town, shown.set):
        async with asyncio.timeout(30):
            while not done():
                await shown.wait()
                shown.clear()


def slow(town: Town, chat: Chat) -> asyncio.Event:
    """Nothing gets through to that chat until the event is set."""
    free = asyncio.Event()

    async def wait(_bot: Bot, method: str, params: dict[str, Any]) -> None:
        if method == "sendMessage" and str(params["chat_id"]) == str(chat.id):
            await free.wait()

    town.telegram.arriving.append(wait)
    return free


async def test_a_chat_that_takes_its_time_holds_up_nobody_else(town: Town) -> None:
    dikbud, dinkes = town.groups["DIKBUD"], town.groups["DINKES"]
    free = slow(town, dikbud)
    town.people["sari"].says("/done@tuntas_bot 1", to=dikbud)
    async with receiving(town):
        town.people["budi"].says("/done@tuntas_bot 1", to=dinkes)
        await until(town, lambda: len(town.said_in(dinkes)) == 1)
        town.people["budi"].says("/daftar@tuntas_bot", to=dinkes)
        await until(town, lambda: len(town.said_in(dinkes)) == 2)
        assert not town.said_in(dikbud)
        free.set()
        await until(town, lambda: len(town.said_in(dikbud)) == 1)

    assert await count(town, "submit") == 2
    assert len(town.said_in(dinkes)) == 2


async def test_what_was_answered_before_a_stop_does_not_come_again(town: Town) -> None:
    dikbud = town.groups["DIKBUD"]
    async with receiving(town):
        town.people["sari"].says("/done@tuntas_bot 1", to=dikbud)
        await until(town, lambda: len(town.said_in(dikbud)) == 1)

    assert not await town.app.bot.get_updates(offset=0)


async def test_what_was_not_answered_before_a_stop_is_answered_after_it(town: Town) -> None:
    """A chat takes three messages at once, and then has to wait."""
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    await keeps_pace(town)
    for _ in range(3):
        sari.says("/daftar@tuntas_bot", to=dikbud)
    sari.says("/done@tuntas_bot 1", to=dikbud)
    async with receiving(town):
        await until(town, lambda: len(town.said_in(dikbud)) == 3)
    await town.restarts()
    await town.hears()

    receipt = town.said_in(dikbud)[-1]
    assert "1. Maklumat pelayanan: dicatat" in receipt.text
    assert len(town.said_in(dikbud)) == 4
    assert await count(town, "submit") == 1


async def keeps_pace(town: Town) -> None:
    """The bot goes as slowly as Telegram really wants it."""
    town.desk = replace(town.desk, pace=Pace())
    town.app = application.build(town.desk, town.telegram.door(town.bot.token))
    await town.app.initialize()


async def test_an_answer_that_arrived_before_a_stop_is_not_given_again(town: Town) -> None:
    """The line is slow: that it arrived is not known yet."""
    dikbud = town.groups["DIKBUD"]
    known = asyncio.Event()

    async def answering(_bot: Bot, method: str, *_: object) -> None:
        if method == "sendMessage":
            await known.wait()

    town.telegram.answering.append(answering)
    town.people["sari"].says("/done@tuntas_bot 1", to=dikbud)
    async with receiving(town):
        await until(town, lambda: len(town.said_in(dikbud)) == 1)
    known.set()
    await town.restarts()
    await town.hears()

    assert len(town.said_in(dikbud)) == 1


@pytest.mark.parametrize("code", [500, 502, 413])
async def test_an_answer_that_did_not_arrive_is_given_again(town: Town, code: int) -> None:
    dikbud = town.groups["DIKBUD"]
    town.people["sari"].says("/done@tuntas_bot 1", to=dikbud)
    for _ in range(2):
        town.telegram.refuses_next(code, "Bad Gateway")
        await town.hears()
        assert not town.said_in(dikbud)
    await town.hears()

    [receipt] = town.said_in(dikbud)
    assert "1. Maklumat pelayanan: dicatat" in receipt.text
    assert await count(town, "submit") == 1
    assert not town.desk.tries


async def test_an_answer_that_never_arrives_is_given_up(town: Town) -> None:
    dikbud = town.groups["DIKBUD"]
    town.people["sari"].says("/done@tuntas_bot 1", to=dikbud)
    for _ in range(11):
        town.telegram.refuses_next(500, "Internal Server Error", method="sendMessage")
        await town.hears()
    before = town.offset
    town.people["sari"].says("/done@tuntas_bot 2", to=dikbud)
    await town.hears()

    assert town.offset > before
    [receipt] = town.said_in(dikbud)
    assert "2. Survei kepuasan <SKM>: dicatat" in receipt.text


async def test_an_answer_that_may_have_arrived_is_not_given_again(town: Town) -> None:
    dikbud = town.groups["DIKBUD"]
    town.people["sari"].says("/done@tuntas_bot 1", to=dikbud)
    town.telegram.cuts_next(httpx.ReadTimeout(""), after=True)
    await town.hears()
    await town.hears()

    assert len(town.said_in(dikbud)) == 1


async def test_what_cannot_be_read_is_logged_and_stepped_over_and_its_sender_hears(
    town: Town,
) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    sari.says("/done@tuntas_bot 1", to=dikbud)
    town.bot.queue.waiting[-1].what["entities"] = [{"type": "bold", "nonsense": 1}]
    sari.says("/done@tuntas_bot 2", to=dikbud)
    with structlog.testing.capture_logs() as logged:
        await town.hears()

    sorry, receipt = town.said_in(dikbud)
    assert sorry.text == "Terjadi gangguan. Mohon dicoba kembali beberapa saat lagi."
    assert "2. Survei kepuasan <SKM>: dicatat" in receipt.text
    [line] = [line for line in logged if "stepped over" in line["event"]]
    assert line["update"]["message"]["text"] == "/done@tuntas_bot 1"
    assert "Sari" not in str(line)


async def test_what_was_said_before_a_group_became_a_supergroup_counts_first(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    sari.says("/done@tuntas_bot 1", to=dikbud)
    grown = sari.upgrades(dikbud)
    sari.says("/done@tuntas_bot 2", to=grown)
    await town.hears()

    assert await state(town, "DIKBUD", 1) is State.SUBMITTED
    assert await state(town, "DIKBUD", 2) is State.SUBMITTED
    assert "1. Maklumat pelayanan: dicatat" in str([m.text for m in town.said_in(grown)])


async def test_fetching_and_speaking_wait_as_long_as_telegram_says(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receive, "BREATH", 0.0)
    dikbud, asked = town.groups["DIKBUD"], list[float]()

    async def note(_bot: Bot, method: str, _params: dict[str, Any]) -> None:
        if method.lower() == "getupdates":
            asked.append(asyncio.get_running_loop().time())

    await keeps_pace(town)
    town.telegram.arriving.append(note)
    refusal = "Too Many Requests: retry after 1"
    town.telegram.refuses_next(429, refusal, method="getUpdates", retry_after=1)
    town.people["sari"].says("/done@tuntas_bot 1", to=dikbud)
    with structlog.testing.capture_logs() as logged:
        async with receiving(town):
            await until(town, lambda: len(town.said_in(dikbud)) == 1)

    assert asked[1] - asked[0] >= 1
    assert {"event": "Telegram wants silence", "log_level": "warning", "seconds": 1.0} in logged


async def polled(town: Town) -> None:
    """Until a long poll is on its way."""
    await called(town, lambda _, params: int(params.get("timeout") or 0) > 0)


async def called(town: Town, matches: Callable[[str, dict[str, Any]], bool]) -> None:
    """Until such a call arrives."""
    arrived = asyncio.Event()

    async def note(_bot: Bot, method: str, params: dict[str, Any]) -> None:
        if matches(method, params):
            arrived.set()

    town.telegram.arriving.insert(0, note)
    await asyncio.wait_for(arrived.wait(), 10)


async def test_a_newcomer_gives_way_to_the_copy_that_runs(town: Town) -> None:
    ours = asyncio.create_task(receive.forever(town.app, town.offset, asyncio.Event()))
    await polled(town)
    await town.app.bot.get_updates(offset=0)

    with pytest.raises(Conflict):
        await ours


async def test_a_newcomer_finishes_what_it_has_begun(town: Town) -> None:
    dikbud = town.groups["DIKBUD"]
    free = slow(town, dikbud)
    town.people["sari"].says("/done@tuntas_bot 1", to=dikbud)
    stop = asyncio.Event()
    ours = asyncio.create_task(receive.forever(town.app, town.offset, stop))
    await called(town, lambda method, _: method == "sendMessage")
    town.telegram.refuses_next(409, "Conflict: terminated by other", method="getUpdates")
    await asyncio.wait_for(stop.wait(), 10)
    assert not ours.done()
    free.set()

    with pytest.raises(Conflict):
        await ours
    assert len(town.said_in(dikbud)) == 1


async def test_the_copy_that_runs_goes_on_after_a_newcomer(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receive, "NEW", 0.0)
    monkeypatch.setattr(receive, "BREATH", 0.0)
    dikbud = town.groups["DIKBUD"]
    async with receiving(town):
        await polled(town)
        await town.app.bot.get_updates(offset=0)
        town.people["sari"].says("/done@tuntas_bot 1", to=dikbud)
        await until(town, lambda: len(town.said_in(dikbud)) == 1)

    assert await count(town, "submit") == 1
