"""A year of one OPD, whatever happens in it: no stage is heard on a free day, nor twice, nor
after its item was confirmed, moved or dropped; and none is left out while the bot is there."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from config.calendar import Calendar
from db.models import Item, Role, State
from tests.stage import closed, opened
from tests.town import WITA, Town

FIRST, DAYS = date(2026, 1, 5), 364
ITEMS = 4
EXAMPLES = int(os.environ.get("TUNTAS_EXAMPLES", "4"))  # each lives through a year
MORNING, OPENING, NOON, EVENING = time(7, 30), time(8), time(12), time(18)
LISTED = re.compile(r"^(\d+)\. ", re.MULTILINE)


@dataclass(frozen=True)
class Deed:
    """A command about one item on one day, before the window opens or inside it."""

    day: int
    at: time
    item: int
    verb: str
    by: int  # days from then on, where a deadline is moved

    @property
    def who(self) -> str:
        return "Sari" if self.verb in ("done", "batalkan") else "Rudi"

    def command(self, until: datetime) -> str:
        if self.who == "Sari":
            return f"/{self.verb} {self.item}"
        date = f" {until:%d/%m/%Y}" if self.verb == "ubah" else ""
        return f"/{self.verb} DINKES {self.item}{date} Belum sesuai ketentuan"


@dataclass(frozen=True)
class Year:
    """Deadlines as day and hour; outages as first day and length."""

    deadlines: tuple[tuple[int, int], ...]
    deeds: tuple[Deed, ...]
    outages: tuple[tuple[int, int], ...]

    def is_away(self, day: int) -> bool:
        return any(first <= day < first + length for first, length in self.outages)


deeds = st.builds(
    Deed,
    day=st.integers(0, DAYS - 1),
    at=st.sampled_from([MORNING, NOON]),
    item=st.integers(1, ITEMS),
    verb=st.sampled_from(["done", "batalkan", "kembalikan", "ubah", "ubah", "hapus"]),
    by=st.integers(1, 60),
)
deadline = st.tuples(st.integers(-20, DAYS + 20), st.sampled_from([6, 8, 16, 23]))
years = st.builds(
    Year,
    deadlines=st.tuples(*[deadline] * ITEMS),
    deeds=st.lists(deeds, max_size=12).map(lambda found: tuple(sorted(found, key=_when))),
    outages=st.lists(st.tuples(st.integers(0, DAYS), st.integers(1, 25)), max_size=4).map(tuple),
)


def _when(deed: Deed) -> tuple[int, time]:
    return deed.day, deed.at


@dataclass
class Oracle:
    """What ought to be heard, worked out the slow way: `told` are item, deadline and stage."""

    calendar: Calendar
    told: set[tuple[int, datetime, int]] = field(default_factory=set)

    def news(self, open_items: dict[int, datetime], today: date) -> set[int]:
        return {n for n, due in open_items.items() if self._newest(n, due, today) is not None}

    def hear(self, open_items: dict[int, datetime], today: date) -> None:
        for number, due in open_items.items():
            self.told |= {(number, due, stage) for stage in self._reached(due, today)}

    def _newest(self, number: int, due: datetime, today: date) -> int | None:
        reached = self._reached(due, today)
        return None if not reached or (number, due, reached[-1]) in self.told else reached[-1]

    def _reached(self, due: datetime, today: date) -> list[int]:
        return [stage.number for stage in self.calendar.stages(due, today)]


@given(years)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_year_of_one_opd(empty_database: Path, year: Year) -> None:
    asyncio.run(_live(empty_database, year))


async def _live(empty_database: Path, year: Year) -> None:
    async with _stage(empty_database) as town:
        oracle = Oracle(town.desk.calendar)
        for number, (day, hour) in enumerate(year.deadlines, 1):
            await town.item("DINKES", number, f"Butir {number}", _moment(day, time(hour)))
        for day in range(DAYS):
            if not year.is_away(day):
                await _day(town, oracle, day, [deed for deed in year.deeds if deed.day == day])


async def _day(town: Town, oracle: Oracle, day: int, deeds: list[Deed]) -> None:
    heard = False
    for at in (MORNING, OPENING, NOON, EVENING) if deeds else (OPENING,):
        town.clock.now = _moment(day, at)
        for deed in deeds:
            if deed.at == at:
                await _do(town, oracle, deed)
        heard |= await _minute(town, oracle, heard)


async def _minute(town: Town, oracle: Oracle, heard: bool) -> bool:
    """One turn of the clock. What leaves must be just what the oracle expects."""
    today = town.clock.now.date()
    open_items = {n: item.due_at for n, item in (await _items(town)).items() if item.is_open}
    may = town.desk.calendar.is_open(town.clock.now) and not heard
    expected = oracle.news(open_items, today) if may else set()
    before = len(_reminders(town))
    await town.minute()
    said = _reminders(town)[before:]

    assert [{int(n) for n in LISTED.findall(text)} for text in said] == [expected] * bool(expected)
    oracle.hear({n: open_items[n] for n in expected}, today)
    return bool(expected)


async def _do(town: Town, oracle: Oracle, deed: Deed) -> None:
    """What the deed moved or returned was announced: the stages gone by count as heard."""
    before = await _items(town)
    until = _moment(deed.day + deed.by, EVENING)
    said = await town.says(town.people[deed.who], deed.command(until))
    if ["✅ Simpan", "✖️ Jangan simpan"] in said.buttons:
        await town.presses(town.people[deed.who], said, "✅ Simpan")
    for number, item in (await _items(town)).items():
        is_back = item.state is State.RETURNED and before[number].state is not State.RETURNED
        if is_back or item.due_at != before[number].due_at:
            oracle.hear({number: item.due_at}, town.clock.now.date())


async def _items(town: Town) -> dict[int, Item]:
    async with town.desk.view() as session:
        return {item.number: item for item in await session.scalars(select(Item))}


def _reminders(town: Town) -> list[str]:
    return [m.text for m in town.said_in(town.groups["DINKES"]) if m.text.startswith("⏰")]


def _moment(day: int, at: time) -> datetime:
    return datetime.combine(FIRST + timedelta(day), at, WITA)


@asynccontextmanager
async def _stage(empty_database: Path) -> AsyncIterator[Town]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(empty_database, file := Path(folder) / "tuntas.db")
        town = await opened(Town, file, _moment(0, time(7)))
        town.people = {name: town.telegram.person(name) for name in ("Sari", "Rudi")}
        await town.opd("DINKES", "Dinas Kesehatan")
        await town.group("DINKES", "Dinkes Kendari", town.people["Sari"])
        await town.appoint(town.people["Sari"], Role.SECRETARY, "DINKES")
        await town.appoint(town.people["Rudi"], Role.COORDINATOR)
        yield town
        await closed(town)
