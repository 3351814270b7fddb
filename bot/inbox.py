"""Updates between their fetching and their acknowledgement: in order inside a chat, side by side
across chats. The slowest chat holds up none but itself."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from typing import Any

import structlog
from telegram import Update
from telegram.error import TelegramError

from bot import discreet, messages, reply
from bot.context import App, Context, Place, Said
from db.engine import Unavailable

log = structlog.get_logger(__name__)

UNREADABLE = "unreadable"  # the api_kwargs of an update that the library could not read
Key = int | None


class Inbox:
    """`bot_data.settled` and `.unsettled` are the two ends of an update: its effect is on disk
    and it was answered; or it must be fetched again."""

    def __init__(self, app: App, offset: int) -> None:
        self._app, self._desk, self._offset = app, app.bot_data, offset
        self._order: deque[int] = deque()  # as fetched: ids may restart, and are never compared
        self._waiting: dict[Key, deque[Update]] = {}
        self._under_way: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._moved_to: dict[int, int] = {}  # a supergroup, and the group that it was

    @property
    def is_busy(self) -> bool:
        return bool(self._under_way or self._order)

    def take(self, updates: Iterable[Update]) -> None:
        """Those that are not known yet; what is held is tried again."""
        for update in updates:
            if update.update_id not in self._order:
                self._order.append(update.update_id)
            if update.update_id not in self._desk.settled | self._under_way:
                self._put(update)

    def acknowledged(self) -> int:
        """The offset up to which all is settled."""
        while self._order and self._order[0] in self._desk.settled:
            done = self._order.popleft()
            self._desk.settled.discard(done)
            self._offset = done + 1
        return self._offset

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
        if key in self._waiting:
            self._waiting[key].append(update)
            return
        self._waiting[key] = deque([update])
        self._tasks.add(asyncio.create_task(self._work_off(key)))

    async def _work_off(self, key: Key) -> None:
        queue = self._waiting[key]
        try:
            while queue:
                some = list(queue)
                queue.clear()
                done = await self._handle(key, some)
                self._settle(done)
                self._under_way.difference_update(update.update_id for update in some)
                if len(done) < len(some):
                    return  # what follows in this chat must not overtake it
        finally:
            self._under_way.difference_update(update.update_id for update in queue)
            del self._waiting[key]

    async def _handle(self, key: Key, some: list[Update]) -> list[Update]:
        """Those that need not be fetched again. Several of one chat waited for us: they are
        answered together."""
        if len(some) == 1 or key is None:
            return await self._each(some)
        said = self._desk.gathered[key] = []
        try:
            done = await self._each(some)
        finally:
            del self._desk.gathered[key]
        try:
            await reply.together(Context(self._app), said)
        except TelegramError as trouble:
            if reply.may_be_retried(self._desk, some[0].update_id, trouble):
                self._desk.unsettled.update(update.update_id for update in some)
                return []
            log.error("Answers were not taken", trouble=str(trouble), count=len(said))
        except Unavailable:
            log.exception("The database is away: the answers are given later", count=len(said))
            self._desk.unsettled.update(update.update_id for update in some)
            return []
        except Exception:
            log.exception("Answers cannot be written together")
        return done

    async def _each(self, some: list[Update]) -> list[Update]:
        done = []
        for update in some:
            if unreadable := update.api_kwargs.get(UNREADABLE):
                await self._step_over(update.update_id, unreadable)
            else:
                await self._app.process_update(update)  # never raises: see handlers/errors.py
            if update.update_id in self._desk.unsettled:
                break
            done.append(update)
        return done

    async def _step_over(self, update_id: int, unreadable: dict[str, Any]) -> None:
        log.error("An update cannot be read and is stepped over", update=discreet.whole(unreadable))
        if (chat_id := _chat_id(unreadable)) and not self._desk.given[update_id]:
            say = Said(update_id, Place(chat_id), "", "", messages.trouble())
            try:
                await reply.together(Context(self._app), [say])
            except TelegramError as trouble:
                log.error("Nobody could be told", trouble=str(trouble))

    def _settle(self, done: Iterable[Update]) -> None:
        for update in done:
            self._desk.settled.add(update.update_id)
            self._desk.tries.pop(update.update_id, None)
            self._desk.given.pop(update.update_id, None)

    def _key(self, update: Update) -> Key:
        """A group that becomes a supergroup stays one chat: what was said in it comes first."""
        if unreadable := update.api_kwargs.get(UNREADABLE):
            return _chat_id(unreadable)
        chat, message = update.effective_chat, update.effective_message
        if chat is None:
            return None
        if message and message.migrate_from_chat_id:
            self._moved_to[chat.id] = message.migrate_from_chat_id
        return self._moved_to.get(chat.id, chat.id)


def _chat_id(unreadable: dict[str, Any]) -> int | None:
    """Where it was said, as far as it can be made out."""
    for part in unreadable.values():
        if isinstance(part, dict):
            said = part.get("message") if isinstance(part.get("message"), dict) else part
            chat = said.get("chat") if isinstance(said, dict) else None
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return int(chat["id"])
    return None
