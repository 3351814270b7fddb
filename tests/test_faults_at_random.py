"""Faults at random, seeded: three working days of a city in which the line, the database and the
process fail by the dice; then peace, and nothing was lost, doubled or left without an end."""

from __future__ import annotations

import os
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import structlog
from sqlalchemy import select
from telegram.error import TelegramError

from db import audit
from db.engine import Unavailable
from db.models import Audit, Event, Fate, Item, Opd, Owed, Role, State
from demo.telegram import Chat, Message, Person
from tests.faults.base import away
from tests.faults.scenes import REPEAT
from tests.faults.wire import LINE
from tests.test_faults import ANSWERED, AT_THE_FIRST, DATABASE, SECOND_TURN
from tests.town import Town, wita

SEEDS = range(int(os.environ.get("TUNTAS_SEEDS", "3")))
CODES = [f"DINAS{letter}" for letter in "ABCDEFGH"]
ITEMS, DAYS = 12, (24, 25, 26)
TROUBLED, AWAY, DIES = 0.1, 0.1, 0.05  # of calls; of steps
OFTEN = 12  # tries at one moment to have all that was said taken in
SAID = {
    "submit": "✅ {}: dicatat",
    "withdraw": "↩️ {}: konfirmasi dibatalkan",
    "verify": "✅ {}: terverifikasi",
    "return": "↩️ {}: dikembalikan untuk perbaikan",
}
BECAME = {
    "submit": State.SUBMITTED,
    "withdraw": State.OPEN,
    "verify": State.VERIFIED,
    "return": State.RETURNED,
}
Key = tuple[str, int]


@dataclass
class Line:
    """Each call meets one of the faults by the dice. `met`: chat, words and fault."""

    town: Town
    dice: random.Random
    is_troubled: bool = True
    met: list[tuple[str, str, str]] = field(default_factory=list)
    lasting: dict[tuple[str, str], str] = field(default_factory=dict)

    async def __call__(self, _bot: object, method: str, params: dict[str, Any]) -> None:
        if not self.is_troubled or method.lower() in ("getme", "getupdates"):
            return
        said = str(params.get("chat_id")), str(params.get("text"))
        name = self.lasting.get(said, "")
        if not name and self.dice.random() < TROUBLED:
            name = self.dice.choice(list(LINE))
        if name:
            self.met.append((*said, name))
            if LINE[name].lasts:
                self.lasting[said] = name
            LINE[name].bring(self.town, method)

    def may_have_lost(self, chat: Chat, words: str) -> bool:
        """Whether an answer with these words was of unknown fate, or refused for good."""
        return any(
            (where, words in text) == (str(chat.id), True)
            and ANSWERED[name] not in (SECOND_TURN, AT_THE_FIRST)
            for where, text, name in self.met
        )


@dataclass(frozen=True)
class Deed:
    """What somebody did to one item by a message or press of its own."""

    verb: str
    key: Key
    chat: Chat
    source: str


@dataclass
class City:
    """The town, and a plain model of what its people did, in the order in which they did it."""

    town: Town
    dice: random.Random
    line: Line
    deeds: list[Deed] = field(default_factory=list)
    by: dict[Key, tuple[Person, Chat | None]] = field(default_factory=dict)  # who confirmed where

    @property
    def stands(self) -> dict[Key, str]:
        """The last that was done to each item."""
        return {deed.key: deed.verb for deed in self.deeds}

    def acts(self) -> None:
        """A few people do something; nobody is heard yet."""
        for _ in range(self.dice.randint(1, 5)):
            self.dice.choice((self._confirms, self._confirms, self._presses, self._withdraws))()

    def reviews(self) -> None:
        """Only of what was taken in: the coordinator's chat is no part of the OPD's order."""
        key = self._one_that("submit")
        if key is None or self.dice.random() < 0.5:
            return
        verb = self.dice.choice(("verify", "return"))
        said = {"verify": "/verifikasi {} {}", "return": "/kembalikan {} {} foto belum terlihat"}
        rudi = self.town.people["Rudi"]
        self._did(verb, key, rudi.says(said[verb].format(*key), to=self.town.bot))

    def _confirms(self) -> None:
        key = self._fresh()
        if key is not None:
            who = self.town.people[f"{self.dice.choice(('Sek', 'Op'))} {key[0]}"]
            where = self.dice.choice((self.town.groups[key[0]], None))
            self.by[key] = who, where
            self._did("submit", key, self._says(who, "done", key[1], where))

    def _presses(self) -> None:
        """✅ under the newest reminder in a group."""
        code = self.dice.choice(CODES)
        group = self.town.groups[code]
        reminders = [m for m in self.town.said_in(group) if "⏰" in m.text]
        labels = {label for m in reminders[-1:] for row in m.buttons for label in row}
        fresh = [n for n in range(1, ITEMS + 1) if (code, n) not in self.stands]
        offered = [n for n in fresh if f"✅ {n}" in labels]
        if offered:
            number, who = self.dice.choice(offered), self.town.people[f"Sek {code}"]
            seen = who.presses(reminders[-1], f"✅ {number}")
            self.by[code, number] = who, group
            source = f"press:{group.id}:{reminders[-1].id}:{seen.id}"
            self.deeds.append(Deed("submit", (code, number), group, source))

    def _withdraws(self) -> None:
        key = self._one_that("submit")
        if key is not None:
            who, where = self.by[key]
            self._did("withdraw", key, self._says(who, "batalkan", key[1], where))

    def _says(self, who: Person, command: str, number: int, group: Chat | None) -> Message:
        name = f"@{self.town.bot.username}" if group else ""
        return who.says(f"/{command}{name} {number}", to=group or self.town.bot)

    def _did(self, verb: str, key: Key, said: Message) -> None:
        self.deeds.append(Deed(verb, key, said.chat, f"message:{said.chat.id}:{said.id}"))

    def _fresh(self) -> Key | None:
        known = self.stands
        fresh = [(c, n) for c in CODES for n in range(1, ITEMS + 1) if (c, n) not in known]
        return self.dice.choice(fresh) if fresh else None

    def _one_that(self, verb: str) -> Key | None:
        found = [key for key, last in self.stands.items() if last == verb]
        return self.dice.choice(found) if found else None


@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_fails_nothing_is_lost_or_doubled(bare_town: Town, seed: int) -> None:
    with structlog.testing.capture_logs():
        city = await _laid_out(bare_town, random.Random(seed))
        for day in DAYS:
            await _lives_through(city, day)
        await _comes_to_rest(city)

    await _every_deed_took_effect_once(city)
    await _the_log_is_whole(city)
    await _all_that_was_owed_has_an_end(city)
    await _nothing_owed_is_said_twice_unmarked(city)
    assert [deed for deed in city.deeds if not _was_answered(city, deed)] == []


async def _laid_out(town: Town, dice: random.Random) -> City:
    names = ["Rudi", "Hasan", *(f"{post} {code}" for code in CODES for post in ("Sek", "Op"))]
    town.people = {name: town.telegram.person(name) for name in names}
    await town.appoint(town.people["Rudi"], Role.COORDINATOR)
    await town.appoint(town.people["Hasan"], Role.SEKDA)
    for code in CODES:
        secretary, operator = town.people[f"Sek {code}"], town.people[f"Op {code}"]
        await town.opd(code, f"Dinas {code[-1]}")
        await town.group(code, f"Grup {code}", secretary, operator)
        await town.appoint(secretary, Role.SECRETARY, code)
        await town.appoint(operator, Role.OPERATOR, code)
        for number in range(1, ITEMS + 1):
            due = wita(11, 24) + timedelta(days=dice.randint(-10, 20))
            await town.item(code, number, _title((code, number)), due)
    await town.minute()
    line = Line(town, dice)
    town.telegram.arriving.append(line)
    return City(town, dice, line)


async def _lives_through(city: City, day: int) -> None:
    town, dice = city.town, city.dice
    town.clock.now = max(town.clock.now, wita(11, day, 7, 30))
    while town.clock.now < wita(11, day, 18, 0):
        city.acts()
        if not town.bot.queue.waiting or await _all_heard(city):
            city.reviews()
        if dice.random() < AWAY:
            with away(town, dice.choice(DATABASE)):
                await town.hears()
                await _minute(town)
        if dice.random() < DIES:
            await town.hears_but_dies()
            await town.restarts()
        await _all_heard(city)
        await _minute(town)
        town.clock.now += timedelta(minutes=dice.randint(5, 60))


async def _all_heard(city: City) -> bool:
    """A press is kept for a short while only, so nobody moves the clock meanwhile."""
    for _ in range(OFTEN):
        with suppress(TelegramError):
            await city.town.hears()
        if not city.town.bot.queue.waiting:
            return True
    return False


async def _minute(town: Town) -> None:
    with suppress(*Unavailable):
        await town.ticks()
    with suppress(*Unavailable):
        await town.sends()


async def _comes_to_rest(city: City) -> None:
    city.line.is_troubled = False
    town, last = city.town, wita(11, DAYS[-1] + 1)
    assert await _all_heard(city)
    while town.clock.now < last:
        await town.later(minutes=15)


async def _every_deed_took_effect_once(city: City) -> None:
    async with city.town.desk.view() as session:
        query = select(Event.verb, Opd.code, Item.number, Event.source)
        query = query.join(Item, Event.item_id == Item.id).join(Opd, Item.opd_id == Opd.id)
        events = [tuple(row) for row in await session.execute(query)]
        logged = await session.execute(select(Audit.verb, Audit.source))
        entries = [tuple(row) for row in logged if row.verb in SAID]
        states = select(Opd.code, Item.number, Item.state).join(Opd, Item.opd_id == Opd.id)
        became = {(code, n): state for code, n, state in await session.execute(states)}
    done = [(deed.verb, *deed.key, deed.source) for deed in city.deeds]

    assert Counter(events) == Counter(done)
    assert Counter(entries) == Counter((deed.verb, deed.source) for deed in city.deeds)
    assert became == dict.fromkeys(became, State.OPEN) | {
        key: BECAME[verb] for key, verb in city.stands.items()
    }


async def _the_log_is_whole(city: City) -> None:
    async with city.town.desk.view() as session:
        chain = await audit.verify(session)

    assert chain.broken is None
    assert chain.count >= len(city.deeds) > 0


async def _owed(city: City) -> list[Owed]:
    async with city.town.desk.view() as session:
        return list(await session.scalars(select(Owed)))


async def _all_that_was_owed_has_an_end(city: City) -> None:
    now = city.town.clock.now
    left = [(row.key, row.fate) for row in await _owed(city) if row.not_before is not None]
    future = [row.key for row in await _owed(city) if row.not_before and row.not_before > now]

    assert [key for key, _ in left if key not in future] == []
    assert [row.key for row in await _owed(city) if row.fate is Fate.CLAIMED] == []


async def _nothing_owed_is_said_twice_unmarked(city: City) -> None:
    """A reminder or digest is one a day in a chat, whatever its words; a notice has its own."""
    rows = await _owed(city)
    said = [m for m in city.town.telegram.transcript if m.sender is city.town.bot]
    owed = [(m.chat.id, *about, m.text.startswith(REPEAT)) for m in said if (about := _about(m))]
    marked = Counter(kind for _, kind, _, is_marked in owed if is_marked)
    perhaps = Counter(row.kind for row in rows if row.repeated)

    assert [one for one, count in Counter(owed).items() if count > 1] == []
    assert {kind: n for kind, n in marked.items() if n > perhaps[kind]} == {}
    assert {"reminder", "digest", "reviewed"} <= {kind for _, kind, _, _ in owed}


def _about(message: Message) -> tuple[str, str] | None:
    """The kind of an owed message, and what makes it one: its day, or its words."""
    text = message.text.partition("\n")[2].strip() if REPEAT in message.text else message.text
    if text.startswith("⏰"):
        return "reminder", str(message.when.date())
    if text.startswith("Dikonfirmasi "):
        return "digest", str(message.when.date())
    if "Terverifikasi: " in text or "Yang perlu diperbaiki: " in text:
        return "reviewed", text
    return None


def _was_answered(city: City, deed: Deed) -> bool:
    """By a bubble that names the item; or it is known that it could not be."""
    words = SAID[deed.verb].format(f"{deed.key[1]}. {_title(deed.key)}")
    said = any(words in message.text for message in city.town.said_in(deed.chat))
    return said or city.line.may_have_lost(deed.chat, words)


def _title(key: Key) -> str:
    return f"Berkas {key[0]} nomor {key[1]}"
