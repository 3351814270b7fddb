"""What was answered is noted, so that a crash repeats one receipt at most."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot import giving, parts
from bot.one_at_a_time import PATIENCE, OneAtATime
from db import given
from demo.telegram import Bot
from tests.faults.base import Base
from tests.shown import when_shown
from tests.test_faults import breaks_at
from tests.town import Town


async def test_what_was_answered_before_a_crash_is_not_answered_again(town: Town) -> None:
    dikbud = town.groups["DIKBUD"]
    town.people["sari"].says("/done@tuntas_bot 1", to=dikbud)
    await town.hears_but_dies()
    await town.restarts()
    await town.says(town.people["sari"], "/done 2", to=dikbud)

    first, second = town.said_in(dikbud)
    assert "1. Maklumat pelayanan: dicatat" in first.text
    assert "2. Survei kepuasan <SKM>: dicatat" in second.text


async def test_what_was_answered_together_is_not_answered_again_either(town: Town) -> None:
    dikbud = town.groups["DIKBUD"]
    town.people["sari"].says("/done@tuntas_bot 1", to=dikbud)
    town.people["sari"].says("/done@tuntas_bot 2", to=dikbud)
    await town.hears_but_dies()
    await town.restarts()
    await town.hears()

    [both] = town.said_in(dikbud)
    assert both.text.count(": dicatat") == 2


async def test_a_long_answer_goes_on_after_a_crash_where_it_was_cut_off(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LONGEST", 60)
    dikbud = town.groups["DIKBUD"]
    town.people["sari"].says("/done@tuntas_bot 1-3", to=dikbud)
    breaks_at(town, 3)
    await town.hears()
    assert len(town.said_in(dikbud)) == 2
    await town.restarts()
    await town.hears()

    said = [m.text for m in town.said_in(dikbud)]
    assert len(said) == len(set(said)) > 3
    assert [line for line in said if line.startswith("✅")] == [
        "✅ 1. Maklumat pelayanan: dicatat",
        "✅ 2. Survei kepuasan <SKM>: dicatat",
        "✅ 3. Foto loket: dicatat",
    ]


async def test_answers_leave_one_after_the_other() -> None:
    turns, inside, most = OneAtATime(), 0, 0

    async def answers() -> None:
        nonlocal inside, most
        async with turns.turn():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(answers() for _ in range(20)))

    assert (most, inside) == (1, 0)


async def test_one_that_hangs_holds_the_turn_for_a_moment_only() -> None:
    turns, free, done = OneAtATime(), asyncio.Event(), list[float]()
    loop = asyncio.get_running_loop()

    async def hangs() -> None:
        async with turns.turn():
            await free.wait()

    async def answers() -> None:
        began = loop.time()
        async with turns.turn():
            done.append(loop.time() - began)

    hanging = asyncio.create_task(hangs())
    await asyncio.gather(*(answers() for _ in range(5)))
    await answers()
    free.set()
    await hanging
    await answers()

    assert min(done[:5]) > PATIENCE * 0.9
    assert max(done[5:]) < PATIENCE


async def test_nobody_waits_long_for_an_answer_that_hangs(town: Town) -> None:
    free = asyncio.Event()
    dikbud, dinkes, rudi = town.groups["DIKBUD"], town.groups["DINKES"], town.people["coordinator"]

    async def arrives(_bot: Bot, method: str, params: dict[str, Any]) -> None:
        if method == "sendMessage" and str(params["chat_id"]) == str(dikbud.id):
            await free.wait()

    before, shown = len(town.said_to(rudi)), asyncio.Event()
    _three_speak(town)
    town.telegram.arriving.append(arrives)
    with when_shown(town, shown.set):
        hearing = asyncio.create_task(town.hears())
        async with asyncio.timeout(10):
            while not (town.said_in(dinkes) and len(town.said_to(rudi)) > before):
                await shown.wait()
                shown.clear()
        assert not town.said_in(dikbud)
        free.set()
        await hearing

    assert len(town.said_in(dikbud)) == 1


def _three_speak(town: Town) -> None:
    town.people["sari"].says("/done@tuntas_bot 1", to=town.groups["DIKBUD"])
    town.people["budi"].says("/done@tuntas_bot 1", to=town.groups["DINKES"])
    town.people["coordinator"].says("/opd", to=town.bot)


async def test_that_it_was_given_is_noted_before_all_that_waits_to_be_written(town: Town) -> None:
    """Or a kill while many confirm would repeat what was answered since."""
    desk, saw = town.desk, list[bool]()

    async def confirms() -> None:
        async with desk.transaction() as session:
            saw.append(77 in await given.known(session, desk.now()))

    async with desk.transaction():
        waiting = [asyncio.create_task(confirms()) for _ in range(3)]
        await asyncio.sleep(0)  # they wait already
        noting = asyncio.create_task(giving.note(desk, [77], giving.ALL))
        await asyncio.sleep(0)
    await asyncio.gather(*waiting, noting)

    assert saw == [True, True, True]


async def test_an_answer_that_cannot_be_noted_is_given_all_the_same(town: Town) -> None:
    dikbud, base = town.groups["DIKBUD"], Base(town, "read-only")
    with when_shown(town, base.begin):
        await town.says(town.people["sari"], "/done 1", to=dikbud)
    base.end()
    await town.says(town.people["sari"], "/done 2", to=dikbud)

    first, second = town.said_in(dikbud)
    assert "1. Maklumat pelayanan: dicatat" in first.text
    assert "2. Survei kepuasan <SKM>: dicatat" in second.text
