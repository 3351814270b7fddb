"""What is said in a chat takes effect at once, whatever its answers wait for."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from bot import inbox, receive, windows
from bot.inbox import MANY
from db import kept, reach
from db.act import Act
from demo.telegram import Bot, Person
from demo.telegram.trouble import Cut
from tests.questions import count
from tests.test_chats import opd_of
from tests.test_inbox import keeps_pace, receiving, slow, until
from tests.test_receive import away
from tests.town import Town

CROWD = 104  # more than Telegram hands over at a time
MUTED = "Bad Request: not enough rights to send text messages to the chat"
UNREAD = "Bad Request: can't parse entities"


# a chat that is slow, and a crowd behind it


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any wait is a long one."""
    monkeypatch.setattr(inbox, "LONG", 0.0)


@pytest.mark.usefixtures("impatient")
async def test_a_crowd_behind_a_slow_chat_is_answered(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    free = slow(town, dikbud)
    async with receiving(town):
        for command in ("/daftar@tuntas_bot", "/done@tuntas_bot 1", "/daftar@tuntas_bot"):
            sari.says(command, to=dikbud)
        people = crowd(town)
        await until(town, lambda: all(town.said_to(one) for one in people))
        assert not town.said_in(dikbud)
        assert await count(town, "submit") == 1
        free.set()
        await until(town, lambda: len(town.said_in(dikbud)) == 3)

    assert [m.text.count("dicatat") for m in town.said_in(dikbud)] == [0, 1, 0]
    assert not await town.app.bot.get_updates(offset=0)


@pytest.mark.usefixtures("impatient")
async def test_an_answer_that_was_acknowledged_already_is_tried_again_all_the_same(
    town: Town,
) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    free = slow(town, dikbud)
    async with receiving(town):
        sari.says("/done@tuntas_bot 1", to=dikbud)
        people = crowd(town)
        await until(town, lambda: all(town.said_to(one) for one in people))
        town.telegram.refuses_next(500, "Internal Server Error", method="sendMessage")
        free.set()
        await until(town, lambda: len(town.said_in(dikbud)) == 1)

    assert "1. Maklumat pelayanan: dicatat" in town.said_in(dikbud)[0].text
    assert not town.desk.unanswered
    assert not town.desk.settled


async def test_an_answer_that_waits_a_moment_only_is_not_acknowledged(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or a stop while many speak would lose their answers."""
    monkeypatch.setattr(inbox, "LONG", 3600.0)
    free = slow(town, town.groups["DIKBUD"])
    town.people["sari"].says("/done@tuntas_bot 1", to=town.groups["DIKBUD"])
    [waiting] = town.bot.queue.waiting
    async with receiving(town):
        people = crowd(town)
        await until(town, lambda: sum(bool(town.said_to(one)) for one in people) > MANY + 20)
        is_kept = town.bot.queue.waiting[0] is waiting
        free.set()

    assert is_kept


@pytest.mark.usefixtures("impatient")
async def test_a_stop_does_not_lose_an_answer_that_was_acknowledged(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "CHAT", (3, 3600.0))  # three messages, and no more for an hour
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    await keeps_pace(town)
    for _ in range(3):
        sari.says("/daftar@tuntas_bot", to=dikbud)
    sari.says("/done@tuntas_bot 1", to=dikbud)
    said = town.bot.queue.waiting[-1]
    async with receiving(town):
        await until(town, lambda: len(town.said_in(dikbud)) == 3)
        people = crowd(town)
        await until(town, lambda: town.said_to(people[-1]) != [])
    assert said not in town.bot.queue.waiting
    await town.restarts()
    async with receiving(town):
        await until(town, lambda: len(town.said_in(dikbud)) == 4)
    await town.restarts()
    async with receiving(town):
        sari.says("/daftar@tuntas_bot", to=dikbud)
        await until(town, lambda: len(town.said_in(dikbud)) == 5)

    texts = [m.text for m in town.said_in(dikbud)]
    assert [text.count("1. Maklumat pelayanan: dicatat") for text in texts] == [0, 0, 0, 1, 0]
    assert await count(town, "submit") == 1
    assert not await _kept(town)


async def _kept(town: Town) -> list[dict[str, Any]]:
    async with town.desk.view() as session:
        return await kept.every(session)


async def test_a_chat_whose_answer_is_held_rests_and_slows_down_nobody_else(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "HELD", 3600.0)
    monkeypatch.setattr(receive, "GLANCE", 0.01)
    dikbud, dinkes, tries = town.groups["DIKBUD"], town.groups["DINKES"], list[str]()

    async def fails(_bot: Bot, method: str, params: dict[str, Any]) -> None:
        if method == "sendMessage" and str(params["chat_id"]) == str(dikbud.id):
            tries.append(params["text"])
            raise Cut(httpx.ConnectError("broken"))

    town.telegram.arriving.append(fails)
    clock = asyncio.get_running_loop().time
    town.people["sari"].says("/done@tuntas_bot 1", to=dikbud)
    async with receiving(town):
        began = clock()
        for number in range(1, 6):
            town.people["budi"].says("/daftar@tuntas_bot", to=dinkes)
            await until(town, lambda number=number: len(town.said_in(dinkes)) == number)
        took = clock() - began

    assert len(tries) == 1
    assert took < 4


@pytest.mark.usefixtures("impatient")
async def test_what_did_not_take_effect_is_never_acknowledged(town: Town) -> None:
    before = town.offset
    town.people["sari"].says("/done@tuntas_bot 1", to=town.groups["DIKBUD"])
    crowd(town)
    with away(town):
        await town.hears()
        assert town.offset == before
    await town.hears()

    assert await count(town, "submit") == 1


def crowd(town: Town) -> list[Person]:
    people = [town.telegram.person(f"Orang {number}") for number in range(CROWD)]
    for one in people:
        one.starts(town.bot)
    return people


# answers together


async def test_answers_that_are_refused_together_are_given_one_by_one(town: Town) -> None:
    dikbud = town.groups["DIKBUD"]
    two_confirm(town)
    town.telegram.refuses_next(400, UNREAD, method="sendMessage")
    await town.hears()

    first, second = town.said_in(dikbud)
    assert "1. Maklumat pelayanan: dicatat" in first.text
    assert "2. Survei kepuasan <SKM>: dicatat" in second.text


async def test_whose_answer_is_refused_alone_too_hears_other_words(town: Town) -> None:
    dikbud = town.groups["DIKBUD"]
    two_confirm(town)
    for _ in range(2):
        town.telegram.refuses_next(400, UNREAD, method="sendMessage")
    await town.hears()

    first, second = town.said_in(dikbud)
    assert first.text.startswith("Terjadi gangguan")
    assert "2. Survei kepuasan <SKM>: dicatat" in second.text


async def test_nobody_overtakes_an_answer_that_is_held_after_a_refusal(town: Town) -> None:
    dikbud = town.groups["DIKBUD"]
    two_confirm(town)
    town.telegram.refuses_next(400, UNREAD, method="sendMessage")
    town.telegram.refuses_next(500, "Internal Server Error", method="sendMessage")
    await town.hears()
    assert not town.said_in(dikbud)
    await town.hears()

    [both] = town.said_in(dikbud)
    assert both.text.count(": dicatat") == 2


async def test_a_group_that_takes_no_answer_stays_lost(town: Town) -> None:
    for _ in range(2):
        two_confirm(town)
        town.telegram.refuses_next(400, MUTED, method="sendMessage")
        await lose(town)
        await town.hears()

    assert not town.said_in(town.groups["DIKBUD"])
    assert not (await opd_of(town, "DIKBUD")).is_reachable


async def test_a_group_that_takes_an_answer_to_several_is_found_again(town: Town) -> None:
    two_confirm(town)
    await lose(town)
    await town.hears()

    assert len(town.said_in(town.groups["DIKBUD"])) == 1
    assert (await opd_of(town, "DIKBUD")).is_reachable


async def test_answers_in_a_group_that_became_a_supergroup_are_given_together(town: Town) -> None:
    sari = town.people["sari"]
    grown = sari.upgrades(town.groups["DIKBUD"])
    for number in (1, 2, 3):
        sari.says(f"/done@tuntas_bot {number}", to=grown)
    await town.hears()

    [together] = town.said_in(grown)
    assert together.text.count(": dicatat") == 3


def two_confirm(town: Town) -> None:
    for number in (1, 2):
        town.people["sari"].says(f"/done@tuntas_bot {number}", to=town.groups["DIKBUD"])


async def lose(town: Town) -> None:
    async with town.desk.transaction() as session:
        act = Act(town.clock.now, f"test:{town.offset}")
        await reach.lost(session, act, town.groups["DIKBUD"].id, "Forbidden: muted")
