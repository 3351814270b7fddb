"""A city of any size in a temporary database, and the bot over the make-believe Telegram."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from bot import app as application
from bot.context import App, Desk
from bot.pace import Pace
from config.settings import read
from db import chats, linking, tenures, upgrade
from db.act import Act
from db.models import Item, Opd, Role, State
from demo.telegram import Bot, Chat, Person, Telegram

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # a Tuesday, 12.00 WITA


@dataclass
class City:
    desk: Desk
    telegram: Telegram
    bot: Bot
    app: App
    groups: list[Chat]
    secretaries: list[Person]


@asynccontextmanager
async def city(
    opds: int, items: int, *, with_people: bool = True, limits: bool = False
) -> AsyncIterator[City]:
    """`opds` × `items`, a third of them late, a third confirmed; a group and a secretary each.
    `limits`: Telegram's, kept and counted."""
    folder = Path(tempfile.mkdtemp(prefix="tuntas-bench-"))
    telegram = Telegram(_running() if limits else lambda: NOON, limits=limits)
    bot = telegram.bot("tuntas_bot", "Tuntas")
    url = f"sqlite+aiosqlite:///{folder}/tuntas.db"
    settings = read(file=None, bot_token=bot.token, database_url=url)
    database = await upgrade.to_head(url, folder)
    pace = Pace() if limits else Pace(0)
    desk = Desk(settings, database, settings.calendar(), lambda: NOON, pace)
    app = application.build(desk, telegram.door(bot.token))
    try:
        await fill(desk, opds, items)
        await app.initialize()
        found = City(desk, telegram, bot, app, [], [])
        if with_people:
            await _people(found)
        yield found
    finally:
        await app.shutdown()
        await database.close()
        shutil.rmtree(folder)


def _running() -> Callable[[], datetime]:
    """Telegram's limits count its own seconds."""
    began = time.monotonic()
    return lambda: NOON + timedelta(seconds=time.monotonic() - began)


async def fill(desk: Desk, opds: int, items: int) -> None:
    titles = {"head_title": "Kepala Dinas", "secretary_title": "Sekretaris", "kind": "dinas"}
    async with desk.transaction() as session:
        rows = [{"code": f"OPD{n}", "name": f"Dinas {n}", **titles} for n in range(1, opds + 1)]
        await session.execute(insert(Opd), rows)
        for opd in range(1, opds + 1):
            await session.execute(insert(Item), [_item(opd, n) for n in range(1, items + 1)])


def _item(opd: int, number: int) -> dict[str, object]:
    due = NOON + timedelta(days=number % 3 * 10 - 10, hours=11, minutes=59)
    is_confirmed = number % 3 == 1 and number > 3
    return {
        "opd_id": opd,
        "number": number,
        "title": f"Indikator {number}",
        "weight": 100 + number,
        "state": State.SUBMITTED if is_confirmed else State.OPEN,
        "submitted_at": NOON if is_confirmed else None,
        "due_at": due,
        "first_due_at": due,
        "due_zone": "Asia/Makassar",
    }


async def _people(city: City) -> None:
    async with city.desk.view() as session:
        opds = await chats.every_opd(session)
    for opd in opds:
        person = city.telegram.person(f"Sekretaris {opd.code}")
        group = city.telegram.group(opd.name, creator=person, members=[city.bot])
        async with city.desk.transaction() as session:
            act = Act(NOON, f"bench:{opd.code}")
            await tenures.appoint(session, act, Role.SECRETARY, opd.id, (person.id, opd.code))
            await linking.link(session, act, opd.id, group.id, 0, opd.name)
        city.groups.append(group)
        city.secretaries.append(person)
    city.bot.queue.waiting.clear()
