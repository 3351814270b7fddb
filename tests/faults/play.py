"""Two working days of a city in which everything fails by the dice, then one of peace."""

from __future__ import annotations

import io
import logging
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import structlog

from bot import discreet, inbox, lanes, logs, noting, one_at_a_time, receive, send
from db import audit
from tests.faults import judge
from tests.faults.chats import Chats
from tests.faults.city import City, laid_out
from tests.faults.process import POINTS, Process
from tests.town import Town, wita

DAYS, PEACE = (24, 25), 26
SPELLS = (((8, 0), 7), ((15, 58), 7), ((17, 20), 5))  # reminders, the digest, the end of the day
STEP = timedelta(minutes=2)  # less than a press is kept
RESTS = ((8, 0), (8, 6), (16, 0), (16, 6), (17, 29))
DATABASE = ("locked by another process", "full", "full at the commit", "read-only")
PAUSES = (  # nobody sits them out; and a busy machine is no slow line
    (receive, "BREATH", 0.0),
    (receive, "GLANCE", 0.05),
    (receive, "NEW", 0.0),
    (inbox, "HELD", 0.0),
    (send, "AGAIN", 0.0),
    (noting, "AGAIN", 0.0),
    (one_at_a_time, "PATIENCE", 60.0),
    (lanes, "SMALL", 600.0),
)
ROADS = {
    "owed": "sending", "answer": "answering", "pop-up": "pop-ups", "fetch": "getUpdates"
}  # fmt: skip
AWAY, DIES, COPIED, MENDED = 0.15, 0.25, 0.05, 0.15  # of steps


@dataclass
class Story:
    """What happened, and what of it should not have."""

    city: City
    changed: list[str]  # chats
    outages: list[str]  # of the database
    wrongs: list[str] = field(default_factory=list)

    @property
    def met(self) -> Counter[tuple[str, str]]:
        """Road and fault."""
        tries = Counter((one.road, one.fault) for one in self.city.tap.tries if one.fault)
        return tries + Counter({("fetch", f): n for f, n in self.city.tap.fetched.items() if f})

    @property
    def happened(self) -> dict[str, int]:
        """How often what."""
        roads = Counter[str]()
        for (road, _), count in self.met.items():
            roads[road] += count
        return {
            "deeds": len(self.city.deeds),
            **{f"faults of {ROADS[road]}": roads[road] for road in ROADS},
            "changed chats": len(self.changed),
            "outages of the database": len(self.outages),
            "deaths": len(self.city.tap.deaths),
            "repeats that say so": sum(one.is_marked for one in self.city.tap.tries),
        }

    @property
    def missed(self) -> list[str]:
        """What never happened, so that nothing was shown of it."""
        return [what for what, count in self.happened.items() if not count]

    def __str__(self) -> str:
        return ", ".join(f"{count} {what}" for what, count in self.happened.items())


async def play(town: Town, seed: int, patch: pytest.MonkeyPatch) -> Story:
    for module, name, seconds in PAUSES:
        patch.setattr(module, name, seconds)
    with logged(town, patch) as log:
        city = await laid_out(town, seed)
        chats, process = Chats(city), Process(town, city.tap)
        city.tap.changes = chats.changes
        process.starts()
        for day in DAYS:
            await _lives_through(city, chats, process, day)
        await _comes_to_rest(city, chats, process)
    story = Story(city, chats.changed, process.outages)
    days = [f"2026-11-{day}" for day in (*DAYS, PEACE)]
    async with town.desk.view() as session:
        chain = await audit.verify(session)
    story.wrongs = judge.wrongs(city, days, process.minutes, log.getvalue())
    story.wrongs += [f"the chain breaks at {chain.broken}"] if chain.broken else []
    return story


async def _lives_through(city: City, chats: Chats, process: Process, day: int) -> None:
    city.tap.is_calm = False
    for (hour, minute), steps in SPELLS:
        for step in range(steps):
            city.town.clock.now = wita(11, day, hour, minute) + step * STEP
            await _step(city, chats, process)


async def _step(city: City, chats: Chats, process: Process) -> None:
    """Faults first, so that what people do meets them."""
    dice = city.dice
    if dice.random() < DIES:
        city.tap.doom = (dice.choice(POINTS), dice.randint(1, 4))
    if dice.random() < AWAY:
        process.loses_the_database(dice.choice(DATABASE), dice.randint(1, 12))
    if dice.random() < COPIED:
        await city.tap.another_copy()
    chats.mends(MENDED)
    city.reviews()
    city.acts()
    if dice.random() < 0.5:
        await process.minute()
    await process.hears()
    await process.minute()


async def _comes_to_rest(city: City, chats: Chats, process: Process) -> None:
    """A day without faults, on which everybody is heard of again."""
    city.tap.is_calm, city.tap.doom = True, None
    process.has_the_database_back()
    chats.mends()
    await process.hears()
    for hour, minute in RESTS:
        city.town.clock.now = wita(11, PEACE, hour, minute)
        if (hour, minute) == RESTS[0]:
            for office in city.offices.values():
                office.secretary.says(
                    f"/daftar@{city.town.bot.username}", to=office.moved(), topic=office.topic
                )
                for person in city.people:
                    person.says("/bantuan", to=city.town.bot)
        await process.hears()
        await process.minute()
    await process.stops()


@contextmanager
def logged(town: Town, patch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """As it would stand in the journal."""
    stream, before, show = io.StringIO(), logging.getLogger().handlers[:], warnings.showwarning
    patch.setattr(sys, "stderr", stream)
    logs.set_up("INFO", "json", discreet.hider(town.desk.settings))
    try:
        yield stream
    finally:
        logging.captureWarnings(False)
        warnings.showwarning = show
        logging.basicConfig(level="WARNING", handlers=before, force=True)
        structlog.reset_defaults()
        patch.undo()
