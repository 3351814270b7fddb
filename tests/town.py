"""The cast of a test: the real application, its make-believe Telegram, and a clock with hands."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import event

from bot import app as application
from bot import following, receive, send
from bot.context import App, Context, Desk
from bot.pace import Pace
from bot.ticks import TICKS
from config.settings import Settings
from db import chats, engine, linking, tenures
from db.act import Act
from db.chats import OpdFacts
from db.engine import Database
from db.models import Acting, Item, Opd, Role
from demo.telegram import Bot, Chat, Message, Person, PopUp, Telegram, Topic

WITA = ZoneInfo("Asia/Makassar")


def wita(month: int, day: int, hour: int = 23, minute: int = 59, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=WITA)


@dataclass
class Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Town:
    """Kendari in small. `says` and `presses` let the bot hear at once and return what it said."""

    desk: Desk
    telegram: Telegram
    bot: Bot
    clock: Clock
    app: App
    offset: int = 0
    groups: dict[str, Chat] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    # what people do

    async def says(
        self, who: Person, text: str, to: Chat | Bot | None = None, **where: Topic | Message
    ) -> Message:
        """A command said in a group names the bot, as the `/` menu makes it."""
        if isinstance(to, Chat) and text.startswith("/"):
            head, blank, rest = text.partition(" ")
            text = f"{head}@{self.bot.username}{blank}{rest}" if "@" not in head else text
        who.says(text, to=to or self.bot, **where)  # type: ignore[arg-type]
        await self.hears()
        return self.last(who, to)

    async def presses(self, who: Person, message: Message, label: str) -> PopUp:
        seen = who.presses(message, label)
        await self.hears()
        return seen

    async def forges(self, who: Person, message: Message, data: str) -> PopUp:
        seen = who.forges(message, data)
        await self.hears()
        return seen

    async def starts(self, who: Person, payload: str = "") -> Message:
        who.starts(self.bot, payload)
        await self.hears()
        return self.last(who)

    def last(self, who: Person, to: Chat | Bot | None = None) -> Message:
        chat = to if isinstance(to, Chat) else who.chat(self.bot)
        last = chat.last
        assert last, "nobody has said anything here"
        return last

    def said_in(self, chat: Chat) -> list[Message]:
        """What the bot said there."""
        return [m for m in chat.messages if m.sender is self.bot]

    def said_to(self, who: Person) -> list[Message]:
        return self.said_in(who.chat(self.bot))

    # what the bot does

    async def hears(self) -> None:
        """Take in all that waits; what is acknowledged does not come again."""
        while True:
            before, self.offset = self.offset, await receive.once(self.app, self.offset, wait=0)
            if self.offset == before:
                return

    async def hears_but_dies(self) -> None:
        """Everything took effect, and nothing was acknowledged: it all comes again."""
        await receive.once(self.app, self.offset, wait=0)

    async def ticks(self) -> None:
        for tick in TICKS:
            await tick(Context(self.app))

    async def sends(self) -> None:
        await send.drain(Context(self.app))
        while await following.follow(Context(self.app)):
            pass

    async def minute(self) -> None:
        """One turn of the clock's wheel, at the moment that it is."""
        await self.ticks()
        await self.sends()

    async def at(self, moment: datetime) -> None:
        """Move the clock there, and let the bot do what is due then."""
        self.clock.now = moment
        await self.minute()

    async def later(self, **gap: float) -> None:
        await self.at(self.clock.now + timedelta(**gap))

    async def restarts(self) -> None:
        """A new process on the same database: nothing in memory is left."""
        await self.app.shutdown()
        await self.desk.database.close()
        database = connect(self.desk.settings.database_url)
        self.desk = Desk(self.desk.settings, database, self.desk.calendar, self.clock, Pace(0))
        self.app = application.build(self.desk, self.telegram.door(self.bot.token))
        await self.app.initialize()
        await receive.remember(self.desk)

    # how a test sets the stage

    async def opd(self, code: str, name: str, kind: str = "dinas", **titles: str) -> OpdFacts:
        named = {"head_title": "Kepala Dinas", "secretary_title": "Sekretaris"} | titles
        async with self.desk.transaction() as session:
            opd = Opd(code=code, name=name, kind=kind, **named)
            session.add(opd)
            await session.flush()
            return chats.facts_of(opd)

    async def item(
        self, code: str, number: int, title: str, due_at: datetime, **more: object
    ) -> None:
        async with self.desk.transaction() as session:
            opd = await chats.by_code(session, code)
            assert opd
            due = {"due_at": due_at, "first_due_at": due_at, "due_zone": "Asia/Makassar"}
            session.add(Item(opd_id=opd.id, number=number, title=title, **(due | more)))

    async def appoint(self, who: Person, role: Role, code: str = "", acting: str = "") -> None:
        async with self.desk.transaction() as session:
            opd = await chats.by_code(session, code) if code else None
            act = Act(self.clock.now, f"stage:{who.id}:{role}:{code}")
            person = (who.id, f"{who.first_name} {who.last_name}".strip())
            await tenures.appoint(session, act, role, opd and opd.id, person, Acting(acting))
        who.starts(self.bot)
        await self.hears()

    async def group(self, code: str, name: str, *members: Person) -> Chat:
        """A group with the bot in it, linked to the OPD."""
        chat = self.telegram.group(name, creator=members[0], members=[*members[1:], self.bot])
        await self.hears()
        async with self.desk.transaction() as session:
            opd = await chats.by_code(session, code)
            assert opd
            act = Act(self.clock.now, f"stage:group:{code}")
            await linking.link(session, act, opd.id, chat.id, 0, name)
        self.groups[code] = chat
        return chat


def connect(url: str) -> Database:
    """As the product does, but the disk need not keep what is written: nobody pulls the plug."""
    database = engine.connect(url)
    event.listen(database.writer.sync_engine, "connect", _hurry)
    return database


def _hurry(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")


def settings_for(token: str, url: str) -> Settings:
    """Evidence lies beside the database."""
    evidence = engine.file_of(url).with_name("evidence")
    facts = {"bot_token": token, "database_url": url, "evidence_dir": evidence}
    return Settings(_env_file=None, **facts)  # type: ignore[call-arg]
