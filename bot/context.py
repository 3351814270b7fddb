"""What is shared by all that the bot does (Desk), and what one message or press brings (Call)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackContext, ExtBot, JobQueue

from bot.attachment import Attachment, Fetched
from bot.one_at_a_time import OneAtATime
from bot.pace import Pace
from config.calendar import Calendar
from config.settings import Settings
from db.act import Act
from db.chats import OpdFacts
from db.engine import Database, Session
from db.living import Life, Where
from db.people import Holder

FILES = 3  # fetched at the same time, each wholly in memory


@dataclass(frozen=True, slots=True)
class Said:
    """An answer whose turn comes once all that waits in its chat took effect, and the command that
    it answers."""

    update: Update
    place: Place
    answer: Answer
    name: str = ""
    command: str = ""

    @property
    def update_id(self) -> int:
        return self.update.update_id

    @property
    def text(self) -> str:
        return self.answer.text

    @property
    def joins(self) -> bool:
        return self.answer.joins and not self.update.callback_query


@dataclass(frozen=True, slots=True)
class Desk:
    """The bot's own collaborators: made once in bot.app, never changed."""

    settings: Settings
    database: Database
    calendar: Calendar
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    pace: Pace = field(default_factory=Pace)
    fetching: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(FILES))
    answering: OneAtATime = field(default_factory=OneAtATime)
    unsettled: set[int] = field(default_factory=set)  # updates that must be fetched again
    settled: set[int] = field(default_factory=set)  # those behind them, fetched again in vain
    tries: Counter[int] = field(default_factory=Counter)  # at answering an update
    fileless: set[int] = field(default_factory=set)  # updates whose file is given up
    given: Counter[int] = field(default_factory=Counter)  # messages that are such an answer's
    unanswered: dict[int, float] = field(default_factory=dict)  # took effect; when, by monotonic
    gathered: dict[int, list[Said]] = field(default_factory=dict)  # by update that takes effect
    signs: dict[str, float] = field(default_factory=dict)  # of life: when, by time.monotonic()
    shown: dict[str, object] = field(default_factory=dict)  # menus, as Telegram has them now
    put_out: dict[Where, str] = field(default_factory=dict)  # buttons left by a press

    def now(self) -> datetime:
        return self.clock().astimezone(self.settings.timezone)

    def transaction(self, *, urgent: bool = False) -> AbstractAsyncContextManager[Session]:
        return self.database.writing(urgent=urgent)

    def view(self) -> AbstractAsyncContextManager[Session]:
        return self.database.reading()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said. `topic` is 0 outside the topics of a forum."""

    chat_id: int
    topic: int = 0
    title: str = ""
    is_private: bool = True


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it; `posts` are all they hold now."""

    user_id: int
    name: str
    is_anonymous: bool = False
    posts: tuple[Holder, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """One message or press, on its way to a handler: the gate has settled who and which OPD."""

    desk: Desk
    session: Session
    bot_name: str
    place: Place
    speaker: Speaker
    act: Act
    text: str = ""  # what followed the command (and the OPD's code)
    press: Any = None  # the button, unpacked (bot.buttons)
    attachment: Attachment | None = None  # the file that it brought, or that it answers
    fetched: Fetched | None = None  # what became of fetching it, where the handler wants it
    seen: Any = None  # what was found outside the database, where the handler wants it
    event: Any = None  # what became of the chat, where nobody said anything (bot.talk)
    card: int = 0  # the message with the card that was pressed, or from which this was asked for
    holder: Holder | None = None  # the post under which they act
    opd: OpdFacts | None = None

    @property
    def now(self) -> datetime:
        return self.desk.now()

    @property
    def who(self) -> Holder:
        assert self.holder, "the gate on this route settles it"
        return self.holder

    @property
    def of(self) -> OpdFacts:
        assert self.opd, "the gate on this route settles it"
        return self.opd


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said back once the transaction is on disk. `edits` replaces the pressed message;
    `pop_up` answers a press, and alone says nothing in the chat. `file`: name and content,
    or where that lies. `joins`: it may be said together with others to commands that waited,
    without its buttons. `album`: a later answer to the same album speaks of it as well. `asks`:
    Telegram opens a reply to it. `spent`: the data of buttons that have had their effect, and go
    from under the pressed message. `life`: how the message follows the state from then on. `card`:
    the message here that shows the item's card, and what it is to show now."""

    text: str = ""
    keyboard: InlineKeyboardMarkup | None = None
    edits: bool = False
    pop_up: str = ""
    file: tuple[str, bytes | Path] | None = None
    joins: bool = False
    album: str = ""
    asks: bool = False
    spent: tuple[str, ...] = ()
    life: Life | None = None
    card: tuple[int, Answer] | None = None


class Context(CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], Desk]):
    @property
    def desk(self) -> Desk:
        return self.bot_data


App = Application[Any, Context, dict[Any, Any], dict[Any, Any], Desk, JobQueue[Any]]
