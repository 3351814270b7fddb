"""A week without Telegram, and a week without the bot: what is sent afterwards, to the letter.

From a Monday, 12.00, to the next Monday, 9.00. Deadlines pass meanwhile; in the one week nobody
works on Thursday, 24 December, nor on Friday.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from db.models import Fate, Owed, State
from tests import golden
from tests.away import begins, lives, said_since, starts_again
from tests.questions import count, state
from tests.town import Town, wita


@dataclass(frozen=True)
class Week:
    """`well`: when all went well before. `not_sent`: what the clock owed, and what became of it."""

    name: str
    well: tuple[datetime, ...]
    came: datetime
    ends: datetime
    not_sent: dict[Fate, set[str]]

    @property
    def wednesday(self) -> datetime:
        return self.well[-1] + timedelta(days=1, hours=22)


CLOCK = ("reminder", "digest")
USUAL = Week(
    "week",
    (wita(11, 6, 16, 0), wita(11, 9, 8, 0), wita(11, 9, 12, 0)),
    wita(11, 16, 9, 0),
    wita(11, 16, 18, 0),
    {Fate.FAILED: {"digest 09", *(f"{kind} {day}" for kind in CLOCK for day in range(10, 14))}},
)
WITH_FREE_DAYS = Week(
    "week-with-free-days",
    (wita(12, 18, 16, 0), wita(12, 21, 8, 0), wita(12, 21, 12, 0)),
    wita(12, 28, 9, 0),
    wita(12, 29, 9, 0),
    {
        Fate.FAILED: {"digest 21", *(f"{kind} {day}" for kind in CLOCK for day in (22, 23))},
        Fate.OBSOLETE: {"reminder 28"},  # it was confirmed before that could leave
    },
)
WEEKS = pytest.mark.parametrize("week", [USUAL, WITH_FREE_DAYS], ids=lambda week: week.name)


def asked_in_vain(town: Town, week: Week) -> None:
    """On Wednesday: Telegram forgets it after a day."""
    town.clock.now = week.wednesday
    town.people["sari"].says("/done@tuntas_bot 1", to=town.groups["DIKBUD"])


def asked_in_time(town: Town, week: Week) -> None:
    """An hour before all is well again."""
    town.clock.now = week.came - timedelta(hours=1)
    for name, number in (("sari", 2), ("dewi", 3)):
        town.people[name].says(f"/done@tuntas_bot {number}", to=town.groups["DIKBUD"])


async def not_sent(town: Town) -> dict[Fate, set[str]]:
    """What the clock owed and never sent: its kind and day, by what became of it."""
    found = defaultdict(set)
    async with town.desk.view() as session:
        query = select(Owed).where(Owed.fate != Fate.SENT, Owed.day.is_not(None))
        for row in await session.scalars(query):
            found[row.fate].add(f"{row.kind} {row.day:%d}")
    return dict(found)


@WEEKS
async def test_a_week_without_the_bot(town: Town, week: Week) -> None:
    before = await begins(town, *week.well)
    asked_in_vain(town, week)
    asked_in_time(town, week)
    await starts_again(town, week.came)
    await lives(town, until=week.ends)

    assert await state(town, "DIKBUD", 1) is State.OPEN  # Telegram keeps a message for a day
    assert await count(town, "submit") == 2
    golden.check(f"{week.name}-without-bot", said_since(town, before))


@WEEKS
async def test_a_week_without_telegram(town: Town, week: Week) -> None:
    before = await begins(town, *week.well)
    town.telegram.down()
    await lives(town, until=week.wednesday)
    asked_in_vain(town, week)
    await lives(town, until=week.came - timedelta(hours=1))
    asked_in_time(town, week)
    await lives(town, until=week.came)
    town.telegram.up()
    await lives(town, until=week.ends)

    assert await state(town, "DIKBUD", 1) is State.OPEN
    assert await count(town, "submit") == 2
    golden.check(f"{week.name}-without-telegram", said_since(town, before))
    assert await not_sent(town) == week.not_sent
