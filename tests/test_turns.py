"""Who writes next."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import event, text

from db import engine
from db import turns as turns_
from db.turns import Turns
from tests.town import Town

LONG = 10.0  # seconds, longer than any of these takes
SOMETHING = text("SELECT 1")


async def test_each_has_its_turn_in_the_order_of_asking_but_what_is_urgent_comes_first() -> None:
    turns, wrote = Turns(), list[str]()
    await turns.take(urgent=False, patience=LONG)
    names = ("first", "second", "URGENT", "third", "URGENT TOO")
    waiting = [asyncio.create_task(_writes(turns, wrote, name)) for name in names]
    await _all_ask()
    turns.leave()
    await asyncio.gather(*waiting)

    assert wrote == ["URGENT", "URGENT TOO", "first", "second", "third"]


async def test_one_at_a_time() -> None:
    turns, inside, most = Turns(), 0, 0

    async def writes() -> None:
        nonlocal inside, most
        await turns.take(urgent=False, patience=LONG)
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0)
        inside -= 1
        turns.leave()

    await asyncio.gather(*(writes() for _ in range(20)))

    assert (most, inside) == (1, 0)


async def test_who_waits_too_long_goes_without_and_holds_up_nobody() -> None:
    turns, wrote = Turns(), list[str]()
    await turns.take(urgent=False, patience=LONG)
    with pytest.raises(TimeoutError):
        await turns.take(urgent=True, patience=0)
    waiting = asyncio.create_task(_writes(turns, wrote, "next"))
    await _all_ask()
    turns.leave()
    await waiting

    assert wrote == ["next"]


async def test_told_to_hurry_nobody_waits_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither who waits already nor who comes later; but a turn that is free is taken."""
    monkeypatch.setattr(turns_, "SHORT", 0.01)
    turns = Turns()
    await turns.take(urgent=False, patience=LONG)
    waiting = [
        asyncio.create_task(turns.take(urgent=n == 1, patience=LONG * 1000)) for n in range(2)
    ]
    await _all_ask()
    turns.hurry()
    waiting.append(asyncio.create_task(turns.take(urgent=True, patience=LONG * 1000)))
    async with asyncio.timeout(LONG):
        became = await asyncio.gather(*waiting, return_exceptions=True)
    turns.leave()
    await turns.take(urgent=False, patience=LONG)

    assert [type(one) for one in became] == [TimeoutError] * 3


async def test_another_process_that_writes_is_waited_for_unless_we_are_to_hurry(town: Town) -> None:
    url = town.desk.settings.database_url
    database, tries = engine.connect(url), 0
    with closing(sqlite3.connect(engine.file_of(url), check_same_thread=False)) as other:

        @event.listens_for(database.writer.sync_engine, "before_cursor_execute")
        def counts(_connection: object, _cursor: object, said: str, *_: object) -> None:
            nonlocal tries
            tries += said == "BEGIN IMMEDIATE"
            if tries == 3:
                other.rollback()

        other.execute("BEGIN IMMEDIATE")
        async with database.writing() as session:
            await session.execute(SOMETHING)
            waited = tries
        other.execute("BEGIN IMMEDIATE")
        database.hurry()
        with pytest.raises(engine.Unavailable):
            async with database.writing() as session:
                await session.execute(SOMETHING)
    await database.close()

    assert (waited, tries) == (3, 4)


async def test_a_turn_that_comes_to_one_who_is_gone_is_passed_on() -> None:
    turns, wrote = Turns(), list[str]()
    await turns.take(urgent=False, patience=LONG)
    gone, stays = (asyncio.create_task(_writes(turns, wrote, name)) for name in ("gone", "stays"))
    await _all_ask()
    turns.leave()
    gone.cancel()
    await asyncio.gather(gone, stays, return_exceptions=True)
    await turns.take(urgent=False, patience=LONG)

    assert wrote == ["stays"]


async def _writes(turns: Turns, wrote: list[str], name: str) -> None:
    await turns.take(urgent=name.isupper(), patience=LONG)
    wrote.append(name)
    turns.leave()


async def _all_ask() -> None:
    """Tasks that were just made come as far as they can."""
    for _ in range(5):
        await asyncio.sleep(0)
