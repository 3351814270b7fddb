"""The 44 OPD of Kota Kendari with their people, and a record of who held which post when, kept
beside the bot's own."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from config import kendari
from db.models import Role
from demo.telegram import Chat, Person
from tests.counting import Item
from tests.month.ledger import Ledger
from tests.town import WITA, Town

FIRST, DAYS = date(2026, 8, 1), 31
HOLIDAYS = (date(2026, 8, 17), date(2026, 8, 25))  # Independence Day, and the Prophet's birthday
ITEMS = 3
NO_GROUP, SILENT, NO_HEAD = 9, 7, 3  # every so manyth OPD
LAST_MINUTE = time(23, 59)


@dataclass
class Office:
    """`temper`: how often, of ten times, something is done here."""

    code: str
    secretary: Person
    operator: Person
    head: Person | None
    chat: Chat | None
    temper: int
    former: list[Person] = field(default_factory=list)


@dataclass
class Held:
    """`since` and `until` as this side saw it; `code` is empty where the post is the city's."""

    person: Person
    role: Role
    code: str
    since: datetime
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at <= self.until)


@dataclass
class City:
    """`trespasses`: the sources of all that was tried without the right to it."""

    town: Town
    dice: random.Random
    ledger: Ledger
    coordinators: list[Person] = field(default_factory=list)
    offices: dict[str, Office] = field(default_factory=dict)
    posts: list[Held] = field(default_factory=list)
    trespasses: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        person = self.town.telegram.person
        self.sekda, self.auditor, self.stranger = map(person, ("Hasan", "Wati", "Tono"))

    @property
    def now(self) -> datetime:
        return self.town.clock.now

    def any_office(self) -> Office:
        offices = list(self.offices.values())
        return self.dice.choices(offices, [office.temper for office in offices])[0]

    def took(self, person: Person, role: Role, code: str = "") -> None:
        self.posts.append(Held(person, role, code, self.now))

    def left(self, person: Person) -> None:
        for held in self.posts:
            if held.person is person and held.until is None:
                held.until = self.now


def is_at_work(day: date) -> bool:
    """Counted without the bot's calendar, which is held against it."""
    return day.weekday() < 5 and day not in HOLIDAYS


async def gathered(town: Town, seed: int) -> City:
    """At work on the last day before the month begins."""
    town.clock.now = datetime.combine(FIRST - timedelta(1), time(9), WITA)
    with kendari.OPD.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    ledger = Ledger({row["name"]: row["code"] for row in rows})
    city = City(town, random.Random(seed), ledger)
    for name in ("Rudi", "Maya"):
        city.coordinators.append(town.telegram.person(name))
        await _appoint(city, city.coordinators[-1], Role.COORDINATOR)
    await _appoint(city, city.sekda, Role.SEKDA)
    await _appoint(city, city.auditor, Role.AUDITOR)
    for n, row in enumerate(rows, 1):
        await town.opd(row["code"], row["name"], row["kind"])
        await _open(city, row["code"], n)
    return city


async def _open(city: City, code: str, n: int) -> None:
    person = city.town.telegram.person
    secretary, operator = person(f"Sekretaris {code}"), person(f"Operator {code}")
    head = None if n % NO_HEAD == 0 else person(f"Kepala {code}")
    members = (secretary, operator, city.coordinators[0], city.stranger)
    chat = None if n % NO_GROUP == 0 else await city.town.group(code, f"Grup {code}", *members)
    temper = 0 if n % SILENT == 0 else city.dice.randint(2, 10)
    city.offices[code] = Office(code, secretary, operator, head, chat, temper)
    await _appoint(city, secretary, Role.SECRETARY, code)
    await _appoint(city, operator, Role.OPERATOR, code)
    if head:
        await _appoint(city, head, Role.HEAD, code)
    for number in range(1, ITEMS + 1):
        day = FIRST + timedelta(city.dice.randint(2, DAYS + 10))
        due, asks = datetime.combine(day, LAST_MINUTE, WITA), number == 1
        more = {"weight": 100 * number, "evidence": "Dokumen" if asks else ""}
        await city.town.item(code, number, f"Butir {number}", due, **more)
        city.ledger.items[code, number] = Item(due, 100 * number, asks)


async def _appoint(city: City, who: Person, role: Role, code: str = "") -> None:
    await city.town.appoint(who, role, code)
    city.took(who, role, code)
