"""The whole bot in a make-believe Telegram, on a real database in a folder that is gone after:
what people do here the bot hears at once, and whoever watches sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import app as application
from bot import following, receive, send
from bot.context import App, Context, Desk
from bot.pace import Pace
from bot.ticks import TICKS
from config import kendari
from config.settings import Settings
from db import invitations, upgrade
from db.act import Act
from db.due import Due
from db.load import checklist, opd
from db.load.checklist import Wish
from db.load.tables import read_file
from db.models import Role
from demo.moments import Moment, Narration, Press
from demo.telegram import Bot, Chat, Message, Person, Telegram
from demo.watching import Watch, place

Show = Callable[[Moment], Awaitable[None]]
Where = Chat | Person
BREATH = timedelta(seconds=30)  # between two things that people do


@dataclass
class Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class City:
    """People's hands, the clock's, and what is shown of both."""

    desk: Desk
    telegram: Telegram
    bot: Bot
    clock: Clock
    app: App
    show: Show
    watch: Watch
    offset: int = 0
    is_backstage: bool = False

    # what the audience is told

    async def tell(self, text: str, when: datetime | None = None) -> None:
        """A line before a scene, which plays then."""
        if when:
            self.clock.now = when
        await self.show(Narration(text, when))

    @contextmanager
    def backstage(self) -> Iterator[None]:
        """What happens meanwhile happens, and is not shown."""
        self.is_backstage = True
        yield
        self.is_backstage = False

    # what people do

    async def says(self, who: Person, text: str, into: Chat | None = None) -> Message:
        """The bot's answer. It hears bare commands where it was the last bot to speak."""
        self._pass()
        who.says(text, to=into or self.bot)
        await self.happen()
        return (into or who.chat(self.bot)).last

    async def presses(
        self, who: Person, message: Message, label: str, only: Collection[Where] | None = None
    ) -> None:
        """`only`: the chats in which is shown what comes of it."""
        self._pass()
        await self._thumb(who, message, label)
        who.presses(message, label)
        await self.happen(only)

    async def follows(self, who: Person, url: str, into: Chat | None = None) -> Message:
        self._pass()
        who.follows(url, into=into)
        await self.happen()
        return (into or who.chat(self.bot)).last

    async def links_group(self, who: Person, message: Message, label: str, group: Chat) -> None:
        """A startgroup button: Telegram asks into which group, and adds the bot there."""
        await self._thumb(who, message, label)
        await self.follows(who, message.button(label)["url"], group)

    async def _thumb(self, who: Person, message: Message, label: str) -> None:
        if not self.is_backstage:
            await self.show(Press(place(message.chat), self.clock.now, who.name, label))

    # what the clock does

    async def happen(self, only: Collection[Where] | None = None) -> None:
        """The bot hears what waits for it, and says what is due; shown in these chats only."""
        await self._hear()
        for tick in TICKS:
            await tick(Context(self.app))
        await send.drain(Context(self.app))
        await following.follow(Context(self.app))
        shown = None if only is None else {place(self._chat(one)) for one in only}
        for moment in self.watch.look():
            if self.is_backstage or isinstance(moment, Narration):
                continue
            if shown is None or moment.place in shown:
                await self.show(moment)

    async def _hear(self) -> None:
        while True:
            before, self.offset = self.offset, await receive.once(self.app, self.offset, wait=0)
            if self.offset == before:
                return

    def _chat(self, where: Where) -> Chat:
        return where.chat(self.bot) if isinstance(where, Person) else where

    def _pass(self) -> None:
        self.clock.now += BREATH

    # what the computer in the town hall does, by its command line

    async def imports(self, due: Due) -> tuple[int, int]:
        """The OPD and the checklist. Returns how many OPD, and items of each."""
        opds, indicators = read_file(kendari.OPD), read_file(kendari.CHECKLIST)
        wish = Wish(kendari.PROGRAMME, due, frozenset(), frozenset(), force=False)
        async with self.desk.transaction() as session:
            await opd.load(session, self._act("import opd"), opds)
            await checklist.load(
                session, self._act("import checklist"), self.desk.calendar, indicators, wish, _none
            )
        return len(opds.rows), len(indicators.rows)

    async def invites_coordinator(self) -> str:
        async with self.desk.transaction() as session:
            token = await invitations.make(session, self._act("invite"), Role.COORDINATOR, None)
        return invitations.link(self.bot.username, token)

    def _act(self, what: str) -> Act:
        return Act(self.clock.now, f"cli:{what}")


@asynccontextmanager
async def opened(start: datetime, show: Show) -> AsyncIterator[City]:
    """An empty city, at that moment, with the bot awake in it."""
    clock = Clock(start)
    telegram = Telegram(clock)
    bot = telegram.bot("tuntas_bot", "Tuntas")
    with TemporaryDirectory(prefix="tuntas-demo-") as folder:
        settings = settings_in(Path(folder), bot.token)
        database = await upgrade.to_head(settings.database_url, settings.backup_dir)
        desk = Desk(settings, database, settings.calendar(), clock, Pace(0))
        try:
            app = application.build(desk, telegram.door(bot.token))
            async with app:
                yield City(desk, telegram, bot, clock, app, show, Watch(telegram))
        finally:
            await database.close()


def settings_in(folder: Path, token: str) -> Settings:
    """Everything as it comes, whatever this machine's environment says."""
    defaults = {name: field.get_default() for name, field in Settings.model_fields.items()}
    ours = {
        "bot_token": token,
        "database_url": f"sqlite+aiosqlite:///{folder / 'tuntas.db'}",
        "evidence_dir": folder / "evidence",
        "backup_dir": folder / "backups",
    }
    return Settings(_env_file=None, **defaults | ours)


def _none(text: str) -> Due:
    raise ValueError(f"a deadline of its own is not expected here: {text}")
