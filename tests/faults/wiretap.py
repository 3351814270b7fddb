"""Every call of the bot: what the dice let happen to it, what became of it, and when it dies."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

import httpx

from db.engine import file_of
from demo.telegram.trouble import Cut, Nonsense
from tests.faults.scenes import REPEAT
from tests.faults.wire import FETCH, LINE
from tests.shown import Killed
from tests.town import Town

SENDING: ContextVar[bool] = ContextVar(
    "sending", default=False
)  # not answering: paying what is owed
NOW: ContextVar[Try] = ContextVar("now")
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
SAYS = ("sendMessage", "editMessageText")
POP_UP, FETCHING = "answerCallbackQuery", "getUpdates"
TROUBLED = {"owed": 0.25, "answer": 0.2, "pop-up": 0.3, "fetch": 0.25}  # of calls


class Came(Enum):
    """What the bot can know of a message, by Telegram's manners (not by bot.failing)."""

    TAKEN = "taken"
    LATER = "not taken, for now"
    MOVED = "not taken: the group has another id now"
    NEVER = "refused for good"
    PERHAPS = "cut off: perhaps taken"


@dataclass(eq=False)
class Try:
    """A call. `owed`: the row that it pays; none for an answer. `bubble`: what people saw of it."""

    method: str
    life: int
    at: datetime
    chat: int = 0
    text: str = ""
    press: str = ""
    owed: int | None = None
    fault: str = ""
    came: Came = Came.PERHAPS
    bubble: int | None = None
    is_away: bool = False  # the database, so that it cannot be noted

    @property
    def road(self) -> str:
        if self.method == FETCHING:
            return "fetch"
        if self.method == POP_UP:
            return "pop-up"
        return "answer" if self.owed is None else "owed"

    @property
    def is_marked(self) -> bool:
        """Whether it says that it may be a repeat."""
        return self.text.startswith(f"<i>{REPEAT}")

    @property
    def may_have_arrived(self) -> bool:
        return self.came in (Came.TAKEN, Came.PERHAPS)


@dataclass(frozen=True)
class Death:
    """What was on disk, and what Telegram had not been told to forget. `tries` before it."""

    point: str
    tries: int
    claimed: frozenset[int]
    given: frozenset[int]
    waiting: frozenset[int]


@dataclass
class Wiretap:
    """`changes` lets something become of a chat just when a message is on its way there, and says
    what."""

    town: Town
    seed: int
    changes: Callable[[random.Random, str, int], str] = lambda *_: ""
    is_away: Callable[[], bool] = lambda: False
    is_calm: bool = False
    life: int = 0
    is_dead: bool = False
    doom: tuple[str, int] | None = None
    tries: list[Try] = field(default_factory=list)
    deaths: list[Death] = field(default_factory=list)
    fetched: Counter[str] = field(default_factory=Counter)
    offset: int = 0  # what this life has settled so far
    turned: Callable[[], object] = lambda: None
    _died_at: str = ""
    _seen: Counter[str] = field(default_factory=Counter)
    _lasting: dict[tuple[int, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._calls = self.town.telegram.call
        self.town.telegram.call = self._call  # type: ignore[method-assign]
        self.town.telegram.arriving.append(self._arrives)
        self.town.telegram.answering.append(self._answers)

    @property
    def is_heard(self) -> bool:
        """Whether all that was said is settled."""
        return all(one.id < self.offset for one in self.town.bot.queue.waiting)

    @property
    def file(self) -> Path:
        return file_of(self.town.desk.settings.database_url)

    def asks(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Of the database's file, without the product, and without writing."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as connection:
            return connection.execute(question, values).fetchall()

    def place(self, one: Try) -> int:
        """Its place among all, in the order in which they began."""
        return self.tries.index(one)

    async def another_copy(self) -> None:
        """Receives once, too."""
        await self._calls(self.town.bot.token, FETCHING, {"offset": 0})

    def passes(self, point: str) -> None:
        """Raises Killed where the process ends here, or did."""
        if self.is_dead:
            raise Killed
        if self.doom and self.doom[0] == point:
            self.doom = (point, self.doom[1] - 1)
            if not self.doom[1]:
                self._die(point)
                raise Killed

    def _die(self, point: str) -> None:
        self.is_dead, self.doom = True, None
        self._died_at = point
        self.town.bot.queue.arrived.set()

    def buries(self) -> None:
        """Once nothing moves any more: a commit may have been under way."""
        claimed = self.asks("SELECT id FROM owed WHERE fate = 'claimed'")
        given = self.asks("SELECT update_id FROM given")
        ids = (frozenset(number for (number,) in rows) for rows in (claimed, given))
        waiting = frozenset(one.id for one in self.town.bot.queue.waiting)
        self.deaths.append(Death(self._died_at, len(self.tries), *ids, waiting))
        self.is_dead, self.life, self.offset = False, self.life + 1, 0

    async def _call(self, token: str, method: str, params: dict[str, Any], *files: Any) -> Any:
        if method not in (*SAYS, POP_UP, FETCHING):
            return await self._calls(token, method, params, *files)
        self.passes("")
        now = self._begin(method, params)
        NOW.set(now)
        if method == FETCHING:
            self.offset = int(params["offset"])
            self.turned()
        try:
            code, body = await self._calls(token, method, params, *files)
            now.came = _came(code, body)
        except Nonsense as nonsense:
            now.came = Came.LATER if nonsense.code == 502 else Came.PERHAPS
            raise
        except Cut as cut:
            now.came = Came.LATER if isinstance(cut.cause, NEVER_LEFT) else Came.PERHAPS
            raise
        if now.came is Came.TAKEN:
            now.is_away = self.is_away()
            self.passes("taken" if method != FETCHING else "fetched" if body["result"] else "")
        return code, body

    def _begin(self, method: str, params: dict[str, Any]) -> Try:
        text, press = str(params.get("text", "")), str(params.get("callback_query_id", ""))
        now = Try(
            method, self.life, self.town.clock.now, int(params.get("chat_id", 0)), text, press
        )
        if SENDING.get():
            [(now.owed,)] = self.asks("SELECT id FROM owed WHERE fate = 'claimed'")
        if method != FETCHING:
            self.tries.append(now)
        return now

    async def _arrives(self, _bot: object, method: str, _params: object) -> None:
        if method not in (*SAYS, POP_UP, FETCHING) or (now := NOW.get(None)) is None:
            return
        if method != FETCHING:
            self.passes("asked")
        if self.is_calm:
            return
        call = f"{now.road} {now.chat} {now.text} {now.press}"
        self._seen[call] += 1
        dice = random.Random(f"{self.seed} {call} {self._seen[call]}")
        if method in SAYS:
            now.fault = self.changes(dice, now.road, now.chat)
        name = self._lasting.get((now.chat, now.text), "")
        if not name and dice.random() < TROUBLED[now.road]:
            name = dice.choice(list(FETCH if method == FETCHING else LINE))
        if name:
            fault = (FETCH | LINE)[name]
            now.fault = name
            if fault.lasts and method in SAYS:
                self._lasting[now.chat, now.text] = name
            fault.bring(self.town, method)
        self.fetched[name] += method == FETCHING

    async def _answers(self, _bot: object, method: str, _params: object, body: Any) -> None:
        if method in SAYS and body["ok"]:
            NOW.get().bubble = body["result"]["message_id"]


def _came(code: int, body: dict[str, Any]) -> Came:
    if code == 200:
        return Came.TAKEN
    if code == 504:
        return Came.PERHAPS
    if "migrate_to_chat_id" in body.get("parameters", {}):
        return Came.MOVED
    return Came.NEVER if code in (400, 403) else Came.LATER
