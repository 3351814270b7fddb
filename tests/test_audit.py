"""The audit log: what was done to it afterwards is noticed, and where."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pytest

from db import audit
from db.act import Act
from db.audit import Broken, Chain
from tests.town import Town

CHANGED, ORDER = "it was changed", "it is out of order"
FOLLOWS, MISSING = "it does not follow from the one before", "it is missing"
UNREADABLE = "it cannot be read"
COPY = "SELECT at, verb, subject, tenure_id, user_id, source, before, after, previous, hash"
INTO = "(id, at, verb, subject, tenure_id, user_id, source, before, after, previous, hash)"


async def verified(town: Town, noted: int = 0) -> Chain:
    async with town.desk.view() as session:
        return await audit.verify(session, noted)


def tamper(town: Town, statements: Sequence[str]) -> None:
    """As somebody with the file in hand can."""
    file = town.desk.settings.database_url.partition(":///")[2]
    with closing(sqlite3.connect(file)) as connection:
        for trigger in ("no_update", "no_delete", "in_order"):
            connection.execute(f"DROP TRIGGER audit_{trigger}")
        for statement in statements:
            assert connection.execute(statement).rowcount, statement
        connection.commit()


async def test_an_untouched_log_is_whole(town: Town) -> None:
    chain = await verified(town)

    assert chain.broken is None
    assert chain.count >= 8
    assert len(chain.head) == 64


async def test_an_empty_log_is_whole(bare_town: Town) -> None:
    assert await verified(bare_town) == Chain(0, audit.FIRST)


@pytest.mark.parametrize(
    ("statements", "broken"),
    [
        (["UPDATE audit SET at = '2026-11-23 02:00:00.000000' WHERE id = 4"], Broken(4, CHANGED)),
        (["UPDATE audit SET verb = 'ended' WHERE id = 4"], Broken(4, CHANGED)),
        (["UPDATE audit SET subject = 'DINKES' WHERE id = 4"], Broken(4, CHANGED)),
        (["UPDATE audit SET tenure_id = coalesce(tenure_id, 0) + 1 WHERE id = 4"],
         Broken(4, CHANGED)),
        (["UPDATE audit SET user_id = 1 WHERE id = 4"], Broken(4, CHANGED)),
        (["UPDATE audit SET source = 'message:1:1' WHERE id = 4"], Broken(4, CHANGED)),
        (["""UPDATE audit SET before = '{"1": "open"}' WHERE id = 4"""], Broken(4, CHANGED)),
        (["UPDATE audit SET after = '{}' WHERE id = 4"], Broken(4, CHANGED)),
        (["UPDATE audit SET previous = hash WHERE id = 4"], Broken(4, FOLLOWS)),
        (["UPDATE audit SET hash = previous WHERE id = 4"], Broken(4, CHANGED)),
        (["UPDATE audit SET after = '{' WHERE id = 4"], Broken(4, UNREADABLE)),
        (["UPDATE audit SET at = 'yesterday' WHERE id = 4"], Broken(4, UNREADABLE)),
        (["UPDATE audit SET verb = x'00ff' WHERE id = 4"], Broken(4, CHANGED)),
        (["DELETE FROM audit WHERE id = 1"], Broken(1, MISSING)),
        (["DELETE FROM audit WHERE id = 4"], Broken(4, MISSING)),
        (["DELETE FROM audit WHERE id IN (4, 5)"], Broken(4, MISSING)),
        (["UPDATE audit SET id = -1 WHERE id = 4", "UPDATE audit SET id = 4 WHERE id = 5",
          "UPDATE audit SET id = 5 WHERE id = -1"], Broken(4, FOLLOWS)),
        (["UPDATE audit SET id = -1 WHERE id = 4"], Broken(-1, ORDER)),
        (["DELETE FROM audit WHERE id = 4", "UPDATE audit SET id = id - 1 WHERE id > 4"],
         Broken(4, FOLLOWS)),
        (["DELETE FROM audit WHERE id = 1", "UPDATE audit SET id = id - 1 WHERE id > 1"],
         Broken(1, FOLLOWS)),
        ([f"INSERT INTO audit {INTO} SELECT 1 + max(id), {COPY[7:]} FROM audit"],
         Broken(9, FOLLOWS)),
        ([f"INSERT INTO audit {INTO} SELECT 0, {COPY[7:]} FROM audit WHERE id = 4"],
         Broken(0, ORDER)),
        (["UPDATE audit SET id = id + 100 WHERE id >= 4"], Broken(4, MISSING)),
    ],
    ids=lambda value: value[0].removeprefix("UPDATE audit SET ") if type(value) is list else "",
)  # fmt: skip
async def test_the_first_entry_that_was_tampered_with_is_named(
    town: Town, statements: list[str], broken: Broken
) -> None:
    assert (await verified(town)).count == 8
    tamper(town, statements)

    assert (await verified(town)).broken == broken


async def test_one_changed_entry_in_the_middle_of_a_batch_is_found_where_none_can_be_read(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "BATCH", 3)
    whole = await verified(town)
    tamper(town, ["UPDATE audit SET after = 'no JSON' WHERE id = 5"])

    assert (whole.count, whole.broken) == (8, None)
    assert (await verified(town)).broken == Broken(5, UNREADABLE)


async def test_the_same_facts_written_otherwise_are_the_same(town: Town) -> None:
    tamper(town, ["UPDATE audit SET after = json(after)"])

    assert (await verified(town)).broken is None


async def test_what_was_cut_off_at_the_end_shows_only_beside_what_was_noted(town: Town) -> None:
    before = await verified(town)
    tamper(town, [f"DELETE FROM audit WHERE id = {before.count}"])
    after = await verified(town, noted=before.count)
    earlier = await verified(town, noted=3)

    assert after.broken is None
    assert after.noted == ""
    assert len(earlier.noted) == 64


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET subject = 'x' WHERE id = 2",
        "UPDATE OR REPLACE audit SET id = 3 WHERE id = 2",
        "DELETE FROM audit WHERE id = 2",
        "DELETE FROM audit",
        f"REPLACE INTO audit {INTO} {COPY.replace('at', 'id, at', 1)} FROM audit WHERE id = 2",
        f"INSERT OR REPLACE INTO audit {INTO} SELECT 2, {COPY[7:]} FROM audit WHERE id = 3",
        f"INSERT INTO audit {INTO} SELECT 2, {COPY[7:]} FROM audit WHERE id = 3 "
        "ON CONFLICT DO UPDATE SET subject = 'x'",
        f"INSERT INTO audit {INTO} SELECT 0, {COPY[7:]} FROM audit WHERE id = 3",
        f"INSERT INTO audit {INTO} SELECT 99, {COPY[7:]} FROM audit WHERE id = 3",
    ],
)
async def test_the_database_itself_refuses_to_change_remove_or_squeeze_in(
    town: Town, statement: str
) -> None:
    file = town.desk.settings.database_url.partition(":///")[2]
    before = await verified(town)
    with closing(sqlite3.connect(file)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="audit is append-only"):
            connection.execute(statement)
        connection.commit()

    assert await verified(town) == before


async def test_it_is_verified_while_the_bot_writes(town: Town) -> None:
    done = asyncio.Event()

    async def writes() -> None:
        for n in range(60):
            async with town.desk.transaction() as session:
                act = Act(town.clock.now, f"message:1:{n}")
                await audit.record(session, act, "submit", "DINKES", {"1": "open"})
        done.set()

    async def reads() -> list[Chain]:
        seen = []
        while not done.is_set():
            seen.append(await verified(town))
        return seen

    _, seen = await asyncio.gather(writes(), reads())

    assert [chain.broken for chain in seen] == [None] * len(seen)
    assert len({chain.count for chain in seen}) > 1
    assert (await verified(town)).count == 68


async def test_what_a_message_did_is_found_again_by_it_alone(town: Town) -> None:
    async with town.desk.transaction() as session:
        act = Act(town.clock.now, "message:5:5")
        await audit.record(session, act, "unlinked", "DINKES", {"chat": -1})
    async with town.desk.view() as session:
        found = await audit.done_by(session, "unlinked", "message:5:5")
        others = [
            await audit.done_by(session, "linked", "message:5:5"),
            await audit.done_by(session, "unlinked", "message:5:6"),
        ]

    assert found == audit.Entry("DINKES", {"chat": -1}, {})
    assert others == [None, None]
