"""What waits behind an update that must be fetched again is taken in once."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot import receive
from db.engine import Away, file_of
from db.models import State
from demo.telegram import Bot
from tests.faults.play import logged
from tests.questions import count, state
from tests.shown import until
from tests.town import Town


async def test_what_took_effect_behind_a_held_update_is_answered_once(town: Town) -> None:
    held_and_answered(town)
    with refusing(town):
        await town.hears()
        await town.hears_but_dies()
        await town.hears_but_dies()
    await town.hears()

    assert len(town.said_in(town.groups["DINKES"])) == 1
    assert await state(town, "DIKBUD", 3) is State.SUBMITTED
    assert await count(town, "submit") == 1


async def test_what_was_acknowledged_is_forgotten(town: Town) -> None:
    held_and_answered(town)
    with refusing(town):
        await town.hears()
        assert len(town.desk.settled) == 1
    await town.hears()

    assert not town.desk.settled


async def test_a_database_that_is_away_for_long_does_not_fill_the_log(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No pulse can be noted, however often Telegram hands over nothing."""
    monkeypatch.setattr(receive, "GLANCE", 0.01)
    held_and_answered(town)
    town.clock.now += timedelta(hours=1)
    stop, fetched = asyncio.Event(), 0

    async def fetches(_bot: Bot, method: str, _params: object) -> None:
        nonlocal fetched
        fetched += method == "getUpdates"

    town.telegram.arriving.append(fetches)
    with away(town), logged(town, monkeypatch) as log:
        receiving = asyncio.create_task(receive.forever(town.app, town.offset, stop))
        await until(lambda: fetched >= 20)
        town.desk.pace.close()
        stop.set()
        await receiving
        lines = [line for line in log.getvalue().splitlines() if "no pulse" in line]

    assert 1 <= len(lines) < 5
    assert max(map(len, lines)) < 300


async def test_what_follows_in_the_chat_of_a_held_update_waits_its_turn(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    sari.says("/done@tuntas_bot 3", to=dikbud)
    sari.says("/batalkan@tuntas_bot 3", to=dikbud)
    with away(town):
        await town.hears()
    await town.hears()

    assert await state(town, "DIKBUD", 3) is State.OPEN
    assert (await count(town, "submit"), await count(town, "withdraw")) == (1, 1)


def held_and_answered(town: Town) -> None:
    """A command that needs the database, and in another chat one that does not."""
    sari, budi = town.people["sari"], town.people["budi"]
    earlier = budi.says("baik", to=town.groups["DINKES"])
    sari.says("/done@tuntas_bot 3", to=town.groups["DIKBUD"])
    budi.edits(earlier, "/done@tuntas_bot 1")


@contextmanager
def refusing(town: Town) -> Iterator[None]:
    """No confirmation can be written down; that something was answered can."""

    def refuses(_connection: object, _cursor: object, said: str, *_: object) -> None:
        if said.startswith("UPDATE item"):
            raise Away(sqlite3.OperationalError("database is locked"))

    writer = town.desk.database.writer.sync_engine
    event.listen(writer, "before_cursor_execute", refuses)
    yield
    event.remove(writer, "before_cursor_execute", refuses)


@contextmanager
def away(town: Town) -> Iterator[None]:
    """Somebody else holds the database, and the bot does not wait for it."""

    def hurry(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout = 0")

    writer = town.desk.database.writer.sync_engine
    event.listen(writer, "checkout", hurry)
    with closing(sqlite3.connect(file_of(town.desk.settings.database_url))) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
    event.remove(writer, "checkout", hurry)
