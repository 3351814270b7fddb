"""What was answered is noted, so that a crash repeats one receipt at most."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot import noting, one_at_a_time, parts, receive, unreadable
from bot.inbox import Inbox
from bot.one_at_a_time import PATIENCE, OneAtATime
from db import given, kept
from demo.telegram import Bot
from tests.faults.base import Base
from tests.shown import until, when_shown
from tests.test_faults import DATABASE, breaks_at
from tests.town import Town

A_LOT = 60.0  # seconds of patience: a busy machine is no slow line


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


@pytest.mark.parametrize("days", [0, 3])
async def test_what_was_kept_here_and_answered_is_not_answered_again_however_long_we_were_away(
    town: Town, days: int
) -> None:
    """A crash between the answer and its being forgotten."""
    dikbud = town.groups["DIKBUD"]
    town.people["sari"].says("/done@tuntas_bot 1", to=dikbud)
    [update] = await town.app.bot.get_updates(offset=town.offset)
    await town.hears()
    async with town.desk.transaction() as session:
        await kept.keep(session, {update.update_id: unreadable.raw(update)})
    town.clock.now += timedelta(days=days)
    await town.restarts()
    inbox = Inbox(town.app, town.offset)
    await inbox.recall()
    inbox.take([])
    await inbox.idle()
    inbox.acknowledged()

    assert len(town.said_in(dikbud)) == 1
    assert inbox.wants_keeping  # to forget it


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


async def test_however_long_it_takes_to_note_one_nobody_leaves_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not even whose patience with the line is at its end."""
    monkeypatch.setattr(one_at_a_time, "PATIENCE", 0.05)
    turns, hangs, left = OneAtATime(), asyncio.Event(), 0

    async def hangs_first() -> None:
        async with turns.turn():
            await hangs.wait()

    async def answers() -> None:
        nonlocal left
        async with turns.turn():
            left += 1

    hanging = asyncio.create_task(hangs_first())
    await asyncio.sleep(0)
    waiting = {asyncio.create_task(answers()) for _ in range(5)}
    await asyncio.sleep(0)
    with turns.noting():
        waiting |= {asyncio.create_task(answers()) for _ in range(5)}
        await asyncio.wait(waiting, timeout=0.2)
        assert left == 0
        hangs.set()
        await hanging
        await asyncio.wait(waiting, timeout=0.2)
        assert left == 0
    await asyncio.gather(*waiting)

    assert left == 10


async def test_of_many_that_hang_none_waits_for_all_before_it_though_one_is_noted_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patience, many = 0.2, 20
    monkeypatch.setattr(one_at_a_time, "PATIENCE", patience)
    turns, free, inside = OneAtATime(), asyncio.Event(), asyncio.Semaphore(0)
    loop = asyncio.get_running_loop()

    async def hangs() -> None:
        async with turns.turn():
            inside.release()
            await free.wait()

    hanging = [asyncio.create_task(hangs()) for _ in range(many)]
    await inside.acquire()
    began = loop.time()
    with turns.noting():
        await asyncio.sleep(0)
    for _ in hanging[1:]:
        await inside.acquire()
    took = loop.time() - began
    free.set()
    await asyncio.gather(*hanging)

    assert took < patience * many / 2


async def test_who_is_woken_by_the_end_of_a_note_waits_for_one_that_began_since() -> None:
    turns, left = OneAtATime(), list[str]()

    async def answers() -> None:
        async with turns.turn():
            left.append("an answer")

    with turns.noting():
        answering = asyncio.create_task(answers())
        await asyncio.sleep(0)
    with turns.noting():
        await asyncio.wait({answering}, timeout=0.05)
        assert left == []
    await answering

    assert left == ["an answer"]


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
        urgent = asyncio.create_task(noting.note(desk, [77], noting.ALL))
        await asyncio.sleep(0)
    await asyncio.gather(*waiting, urgent)

    assert saw == [True, True, True]


@pytest.mark.parametrize("fault", DATABASE)
async def test_no_answer_leaves_before_it_is_noted_that_the_last_one_was_given(
    town: Town, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(noting, "AGAIN", 0.0)
    async with _stalled(town, fault) as stalled:
        await stalled.notes_fail(5)
        await asyncio.wait({stalled.hearing}, timeout=PATIENCE * 1.2)
        assert len(_receipts(town)) == 1
        stalled.base.end()
        await stalled.hearing

    assert sorted(_receipts(town)) == ["DIKBUD", "DINKES"]


async def test_after_a_silence_no_answer_leaves_before_it_is_noted_that_the_first_was_given(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They waited for Telegram longer than anybody waits for another's answer."""
    monkeypatch.setattr(noting, "AGAIN", 0.0)
    monkeypatch.setattr(one_at_a_time, "PATIENCE", 0.01)
    desk, base = town.desk, Base(town, "read-only")
    for name, code in (("sari", "DIKBUD"), ("budi", "DINKES")):
        town.people[name].says("/done@tuntas_bot 1", to=town.groups[code])
    desk.pace.hushed_until = math.inf
    with when_shown(town, lambda: base.tried or base.begin()):
        hearing = asyncio.create_task(receive.once(town.app, town.offset, wait=0))
        await until(lambda: len(desk.unanswered) == 2)
        await asyncio.wait({hearing}, timeout=0.1)
        monkeypatch.setattr(one_at_a_time, "PATIENCE", A_LOT)
        desk.pace.hushed_until = 0.0
        await until(lambda: base.tried >= 5)
        assert len(_receipts(town)) == 1
        base.end()
        await hearing

    assert sorted(_receipts(town)) == ["DIKBUD", "DINKES"]


async def test_nor_where_the_silence_began_while_they_waited_for_each_other(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One hangs; of the two behind it one leaves when Telegram may be spoken to again."""
    monkeypatch.setattr(noting, "AGAIN", 0.0)
    monkeypatch.setattr(one_at_a_time, "PATIENCE", 0.1)
    desk, base, free = town.desk, Base(town, "read-only"), asyncio.Event()
    dikbud, dinkes, sari = town.groups["DIKBUD"], town.groups["DINKES"], town.people["sari"]
    before = len(town.said_to(sari))

    def left() -> int:
        receipts = [*town.said_in(dikbud), *town.said_in(dinkes), *town.said_to(sari)[before:]]
        return len(receipts)

    sari.says("/done@tuntas_bot 1", to=dikbud)
    sari.says("/done 2", to=town.bot)
    town.people["budi"].says("/done@tuntas_bot 1", to=dinkes)
    _one_hangs_until(town, free)
    with when_shown(town, lambda: base.tried or base.begin()):
        hearing = asyncio.create_task(receive.once(town.app, town.offset, wait=0))
        await until(lambda: desk.pace.hushed_until)
        await asyncio.wait({hearing}, timeout=0.4)
        monkeypatch.setattr(one_at_a_time, "PATIENCE", A_LOT)
        desk.pace.hushed_until = 0.0
        await until(lambda: base.tried >= 5)
        assert left() == 1
        free.set()
        base.end()
        await hearing

    assert left() == 3


def _one_hangs_until(town: Town, free: asyncio.Event) -> None:
    """Meanwhile, once three wait, Telegram wants silence."""

    async def arrives(_bot: Bot, method: str, _params: dict[str, Any]) -> None:
        if method == "sendMessage":
            town.telegram.arriving.remove(arrives)
            await until(lambda: len(town.desk.unanswered) == 3)
            town.desk.pace.hushed_until = math.inf
            await free.wait()

    town.telegram.arriving.append(arrives)


async def test_a_crash_while_the_database_is_away_repeats_one_answer(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noting, "AGAIN", 0.0)
    async with _stalled(town, "read-only") as stalled:
        await stalled.notes_fail(5)
        await stalled.dies()
    await town.restarts()
    await town.hears()

    assert Counter(_receipts(town)).total() == 3
    assert set(_receipts(town)) == {"DIKBUD", "DINKES"}


async def test_told_to_stop_while_the_database_is_away_nothing_is_said_any_more_nor_twice_later(
    town: Town,
) -> None:
    async with _stalled(town, "read-only") as stalled:
        await stalled.notes_fail(1)
        town.desk.pace.close()
        town.offset = await stalled.hearing
        assert len(_receipts(town)) == 1
        stalled.base.end()
    await town.restarts()
    await town.hears()

    assert sorted(_receipts(town)) == ["DIKBUD", "DINKES"]


@dataclass
class Stalled:
    """Two confirmed, one was answered, and that cannot be noted."""

    hearing: asyncio.Task[int]
    base: Base
    others: set[asyncio.Task[Any]]

    async def notes_fail(self, times: int) -> None:
        begun = self.base.tried
        await until(lambda: self.base.tried >= begun + times)

    async def dies(self) -> None:
        """Nothing of it goes on."""
        while left := asyncio.all_tasks() - self.others:
            for task in left:
                task.cancel()
            await asyncio.wait(left)


@asynccontextmanager
async def _stalled(town: Town, fault: str) -> AsyncIterator[Stalled]:
    base, groups = Base(town, fault), [town.groups[code] for code in ("DIKBUD", "DINKES")]
    both, shown, others = asyncio.Event(), asyncio.Event(), asyncio.all_tasks()

    async def arrives(_bot: Bot, method: str, _params: dict[str, Any]) -> None:
        if method == "sendMessage":
            await both.wait()

    def is_shown() -> None:
        base.begin()
        shown.set()

    for name, group in zip(("sari", "budi"), groups, strict=True):
        town.people[name].says("/done@tuntas_bot 1", to=group)
    town.telegram.arriving.append(arrives)
    with when_shown(town, is_shown):
        hearing = asyncio.create_task(receive.once(town.app, town.offset, wait=0))
        await until(lambda: len(town.desk.unanswered) == 2)
        both.set()
        async with asyncio.timeout(10):
            await shown.wait()
    try:
        yield Stalled(hearing, base, others)
    finally:
        base.end()
        await asyncio.gather(hearing, return_exceptions=True)


def _receipts(town: Town) -> list[str]:
    """Whose confirmation was answered, as often as it was."""
    codes = ("DIKBUD", "DINKES")
    return [c for c in codes for m in town.said_in(town.groups[c]) if ": dicatat" in m.text]
