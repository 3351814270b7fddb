"""A city on a real SQLite file, its make-believe Telegram behind HTTP, and the bot's processes."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from config.settings import KNOWN
from db import chats, linking, tenures, upgrade
from db.act import Act
from db.engine import Database, Session
from db.models import Item, Opd, Role, State
from demo.telegram import Bot, Chat, Person, Telegram
from demo.telegram.http import served

ROOT = Path(__file__).parent.parent.parent
WITA = ZoneInfo("Asia/Makassar")
AFTERNOON = datetime(2026, 11, 24, 16, 5, tzinfo=WITA)  # a Tuesday; reminders and digest are due
EVERY_DAY = ",".join(map(str, range(1, 61)))  # a reminder each working day after a deadline
ENDS_WITHIN = 60.0  # seconds, for a verb or a process that is to end by itself
STOPS_WITHIN = 20.0  # seconds, for a process that was told to end; far more than it should need


@dataclass
class Office:
    """An OPD with its group and its secretary. Items are confirmed in the order of `left`."""

    code: str
    group: Chat
    secretary: Person
    left: list[int]


@dataclass
class City:
    """`shift` is added to the real time, for the world and for processes started afterwards."""

    folder: Path
    telegram: Telegram
    tuntas: Bot
    offices: list[Office]
    readers: list[Person]
    address: str = ""
    shift: timedelta = field(default=timedelta(0))
    processes: list[Process] = field(default_factory=list)

    @property
    def database(self) -> Path:
        return self.folder / "data" / "tuntas.db"

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift

    def turn_to(self, moment: datetime) -> None:
        """Now it is that moment; the clock goes on from there."""
        self.shift = moment - datetime.now(UTC)

    def asks(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Of the database's file, without the product, and without writing."""
        address = f"file:{self.database}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=10)) as connection:
            return connection.execute(question, values).fetchall()

    @property
    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if key.upper() not in KNOWN}
        return kept | {
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": self.tuntas.token,
            "TELEGRAM_API_URL": self.address,
            "REMIND_AFTER": EVERY_DAY,
            "CLOCK_SHIFT": str(self.shift.total_seconds()),
        }

    async def starts(self, *words: str, die_at: str = "", **settings: str) -> Process:
        """`python -m bot …`; `die_at`: see tests.crash.victim."""
        settings |= {"DIE_AT": die_at} if die_at else {}
        started = await Process.start(self, words or ("run",), self.environment | settings)
        self.processes.append(started)
        return started

    async def ends(self) -> None:
        """No process outlives a test, however that went."""
        for process in self.processes:
            process.kill()
            await process.ended()


class Process:
    """One run of the bot's command line. What it says goes to bot.log of the city's folder."""

    def __init__(self, inner: asyncio.subprocess.Process, log: Path) -> None:
        self.inner, self.log = inner, log

    @classmethod
    async def start(
        cls, city: City, words: tuple[str, ...], environment: dict[str, str]
    ) -> Process:
        log = city.folder / "bot.log"
        with log.open("ab") as said:
            inner = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.crash.victim", *words),
                cwd=city.folder, env=environment, stdout=said, stderr=said,
            )  # fmt: skip
        return cls(inner, log)

    @property
    def is_alive(self) -> bool:
        return self.inner.returncode is None

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            self.inner.kill()

    async def ended(self) -> int:
        """TimeoutError where it goes on and on."""
        return await asyncio.wait_for(self.inner.wait(), ENDS_WITHIN)

    async def stops(self) -> int:
        """The exit code after SIGTERM."""
        with suppress(ProcessLookupError):
            self.inner.send_signal(signal.SIGTERM)
        try:
            return await asyncio.wait_for(self.inner.wait(), STOPS_WITHIN)
        except TimeoutError:
            self.kill()
            await self.inner.wait()
            raise


@asynccontextmanager
async def city(folder: Path, *, offices: int, items: int) -> AsyncIterator[City]:
    """`offices` × `items`, all late by three working days; a Sekda and fifteen coordinators."""
    made: City | None = None
    telegram = Telegram(lambda: made.now() if made else AFTERNOON)
    tuntas = telegram.bot("tuntas_bot", "Tuntas")
    made = City(folder, telegram, tuntas, [], [])
    made.turn_to(AFTERNOON)
    database = await upgrade.to_head(f"sqlite+aiosqlite:///{made.database}", folder / "data")
    try:
        await _fill(database, offices, items)
        await _people(database, made, items)
    finally:
        await database.close()
    tuntas.queue.waiting.clear()
    async with served(telegram) as made.address:
        try:
            yield made
        finally:
            await made.ends()


async def _fill(database: Database, offices: int, items: int) -> None:
    titles = {"head_title": "Kepala Dinas", "secretary_title": "Sekretaris", "kind": "dinas"}
    rows = [{"code": f"OPD{n}", "name": f"Dinas {n}", **titles} for n in range(1, offices + 1)]
    async with database.writing() as session:
        await session.execute(insert(Opd), rows)
        for opd in range(1, offices + 1):
            await session.execute(insert(Item), [_item(opd, n) for n in range(1, items + 1)])


def _item(opd: int, number: int) -> dict[str, object]:
    due = AFTERNOON.replace(day=19)
    return {
        "opd_id": opd, "number": number, "title": f"Butir {number}", "state": State.OPEN,
        "due_at": due, "first_due_at": due, "due_zone": "Asia/Makassar",
    }  # fmt: skip


async def _people(database: Database, city: City, items: int) -> None:
    async with database.writing() as session:
        for opd in await chats.every_opd(session):
            person = city.telegram.person(f"Sekretaris {opd.code}")
            group = city.telegram.group(opd.name, creator=person, members=[city.tuntas])
            act = Act(AFTERNOON, f"stage:{opd.code}")
            await _appoint(session, act, Role.SECRETARY, person, opd.id)
            await linking.link(session, act, opd.id, group.id, 0, opd.name)
            city.offices.append(Office(opd.code, group, person, list(range(1, items + 1))))
        roles = (Role.SEKDA, *[Role.COORDINATOR] * 15)
        for number, role in enumerate(roles):
            person = city.telegram.person(f"Pembaca {number}")
            person.starts(city.tuntas)
            act = Act(AFTERNOON, f"stage:{role}:{number}")
            await _appoint(session, act, role, person)
            city.readers.append(person)


async def _appoint(
    session: Session, act: Act, role: Role, person: Person, opd_id: int | None = None
) -> None:
    await tenures.appoint(session, act, role, opd_id, (person.id, person.name))
