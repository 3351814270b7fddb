"""Updates between their fetching and their acknowledgement: in order inside a chat, side by side
across chats. The slowest chat holds up none but itself."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Iterable

import structlog
from telegram import Update

from bot import unreadable
from bot.context import App
from bot.conversation import Conversation
from db import kept
from db.engine import Unavailable

log = structlog.get_logger(__name__)

MANY = 60  # of the 100 updates that Telegram hands over at a time
LONG = 5.0  # seconds that an answer waited by then
HELD = 1.0  # seconds that a chat rests in which something is held
Key = int | None


class Inbox:
    def __init__(self, app: App, offset: int) -> None:
        self._app, self._desk, self._offset = app, app.bot_data, offset
        self._order: dict[int, Update] = {}  # as fetched: ids may restart, and are never compared
        self._early: dict[int, Update] = {}  # kept here, and acknowledged before the answer
        self._done: set[int] = set()  # kept here, and answered since
        self._chats: dict[Key, Conversation] = {}
        self._rests_until: dict[Key, float] = {}
        self._under_way: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._moved_to: dict[int, int] = {}  # a supergroup, and the group that it was

    @property
    def is_busy(self) -> bool:
        return bool(self._tasks or self._order or self._early)

    @property
    def is_behind(self) -> bool:
        """Whether something has yet to take effect."""
        return not self._order.keys() <= self._desk.settled | self._desk.unanswered.keys()

    async def recall(self) -> None:
        """What was kept before we were started, to be answered with what comes first."""
        async with self._desk.view() as session:
            for one in await kept.every(session):
                update = unreadable.read(self._app.bot, one)
                self._early[update.update_id] = update

    def take(self, updates: Iterable[Update]) -> None:
        """Those that are not known yet; what is held is tried again, with all that follows it in
        its chat, once that has rested."""
        self._order |= {u.update_id: u for u in updates if u.update_id not in self._order}
        for update in (self._early | self._order).values():
            known = update.update_id in self._desk.settled or update.update_id in self._under_way
            if not known and self._rests_until.get(self._key(update), 0.0) <= time.monotonic():
                self._put(update)

    def acknowledged(self) -> int:
        """The offset up to which all is settled, or kept here."""
        while self._order:
            update_id = next(iter(self._order))
            if update_id not in self._desk.settled and update_id not in self._early:
                break
            del self._order[update_id]
            if update_id not in self._early:
                self._desk.settled.discard(update_id)
            self._offset = update_id + 1
        for update_id in (self._desk.settled & self._early.keys()) - self._order.keys():
            self._desk.settled.discard(update_id)
            self._done.add(update_id)
            del self._early[update_id]
        return self._offset

    @property
    def wants_keeping(self) -> bool:
        return bool(self._done or self._late())

    async def keep(self) -> None:
        """Write down what took effect and waits for its answer for long, where so many wait behind
        it that Telegram would soon hand over no more; forget what was answered since."""
        late, done = self._late(), set(self._done)
        try:
            async with self._desk.transaction(urgent=True) as session:
                await kept.keep(session, {u.update_id: unreadable.raw(u) for u in late})
                await kept.forget(session, done)
        except Unavailable as away:
            log.error("The database is away: Telegram keeps what waits", trouble=str(away))
            return
        self._done -= done
        for update in late:
            self._hold(update)

    def _hold(self, update: Update) -> None:
        """It is kept by now; and may have been answered meanwhile."""
        if update.update_id in self._desk.settled or update.update_id not in self._order:
            self._done.add(update.update_id)
        else:
            log.warning("Kept, to be answered later", update=update.update_id)
            self._early[update.update_id] = update

    def _late(self) -> list[Update]:
        """From the front: behind what has yet to take effect nothing can be acknowledged."""
        late, left = list[Update](), len(self._order)
        for update_id, update in self._order.items():
            if update_id not in self._desk.settled and update_id not in self._early:
                if left <= MANY or self._waited(update_id) < LONG:
                    break
                late.append(update)
            left -= 1
        return late

    def _waited(self, update_id: int) -> float:
        """Seconds since it took effect, without an answer; negative: it did not yet."""
        return time.monotonic() - self._desk.unanswered.get(update_id, math.inf)

    async def settled(self, seconds: float) -> None:
        """Until nothing is under way, or so long."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in [task for task in self._tasks if task.done()]:
            self._tasks.discard(task)
            task.result()

    async def idle(self) -> None:
        await asyncio.gather(*self._tasks)

    def _put(self, update: Update) -> None:
        key = self._key(update)
        self._under_way.add(update.update_id)
        self._desk.unsettled.discard(update.update_id)
        if key not in self._chats:
            self._chats[key] = Conversation(self._app)
            self._rests_until.pop(key, None)
            self._tasks.add(asyncio.create_task(self._work_off(key)))
        self._chats[key].hears(update)

    async def _work_off(self, key: Key) -> None:
        chat = self._chats[key]
        try:
            await chat.run()
        finally:
            self._under_way -= chat.updates
            if chat.is_held:
                self._rests_until[key] = time.monotonic() + HELD
            del self._chats[key]

    def _key(self, update: Update) -> Key:
        """A group that becomes a supergroup stays one chat: what was said in it comes first."""
        if unreadable.content(update):
            return unreadable.chat_id(update)
        chat, message = update.effective_chat, update.effective_message
        if chat is None:
            return None
        if message and message.migrate_from_chat_id:
            self._moved_to[chat.id] = message.migrate_from_chat_id
        return self._moved_to.get(chat.id, chat.id)
