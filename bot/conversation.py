"""What is said in one chat: it takes effect in its order, and is answered in its order, together
where several answers wait. What takes effect waits for no answer."""

from __future__ import annotations

import asyncio
import time
from collections import deque

import structlog
from telegram import Update

from bot import answers, discreet, messages, unreadable
from bot.context import Answer, App, Context, Place, Said

PIECES = 1.0  # seconds in which the next piece of an album comes; bot.receive looks four times
log = structlog.get_logger(__name__)


class Conversation:
    """`updates`: the ids of all that were said in it. `desk.settled` and `.unsettled` are the two
    ends of an update: its effect is on disk and it was answered; or it must be fetched again. In
    between, once it took effect, it is `.unanswered`."""

    def __init__(self, app: App) -> None:
        self.updates: set[int] = set()
        self._app, self._desk = app, app.bot_data
        self._queue: deque[Update] = deque()
        self._said: deque[Said] = deque()
        self._is_deaf = self._is_mute = False  # an update is held: for its effect, its answer
        self._news, self._caught_up = asyncio.Event(), asyncio.Event()

    @property
    def is_held(self) -> bool:
        return self._is_deaf or self._is_mute

    def hears(self, update: Update) -> None:
        self.updates.add(update.update_id)
        self._queue.append(update)
        self._news.set()

    async def run(self) -> None:
        """Until nothing waits, or something is held: what follows in this chat must not overtake
        it."""
        speaking: asyncio.Task[None] | None = None
        while speaking or self._can_listen or self._can_speak:
            await self._listen()
            if speaking is None:
                speaking = asyncio.create_task(self._speak())
                speaking.add_done_callback(lambda _: self._news.set())
            await self._news.wait()
            self._news.clear()
            if speaking.done():
                speaking.result()
                speaking = None
        self._desk.unsettled.update(said.update_id for said in self._said)

    @property
    def _can_listen(self) -> bool:
        return bool(self._queue) and not self.is_held

    @property
    def _can_speak(self) -> bool:
        return bool(self._said) and not self._is_mute

    async def _listen(self) -> None:
        self._caught_up.clear()
        try:
            while self._can_listen:
                await self._hear(self._queue.popleft())
        finally:
            self._caught_up.set()

    async def _hear(self, update: Update) -> None:
        said = await self._take_effect(update)
        if update.update_id in self._desk.unsettled:
            self._is_deaf = True
        elif said:
            self._desk.unanswered.setdefault(update.update_id, time.monotonic())
            self._said.extend(said)
        else:
            self._settle(update.update_id)

    async def _take_effect(self, update: Update) -> list[Said]:
        """What is to be answered."""
        if unreadable.content(update):
            return self._step_over(update)
        said = self._desk.gathered[update.update_id] = []
        try:
            await self._app.process_update(update)  # never raises: see handlers/errors.py
        finally:
            del self._desk.gathered[update.update_id]
        return said

    def _step_over(self, update: Update) -> list[Said]:
        whole = discreet.whole(unreadable.content(update))
        log.error("An update cannot be read and is stepped over", update=whole)
        chat_id = unreadable.chat_id(update)
        return [Said(update, Place(chat_id), Answer(messages.trouble()))] if chat_id else []

    async def _speak(self) -> None:
        while self._can_speak:
            await self._whole_album()
            some = self._next()
            await answers.settle(Context(self._app), some)
            for said in some:
                if said.update_id in self._desk.unsettled:
                    self._is_mute = True
                else:
                    self._settle(said.update_id)

    async def _whole_album(self) -> None:
        """It comes in pieces, and one answer speaks of them all: wait while more may come."""
        known = 0
        while self._said[-1].answer.album and known < len(self._said):
            known = len(self._said)
            await asyncio.sleep(PIECES)
            await self._caught_up.wait()

    def _next(self) -> list[Said]:
        some = [self._said.popleft()]
        while some[0].joins and self._said and self._said[0].joins:
            some.append(self._said.popleft())
        return some

    def _settle(self, update_id: int) -> None:
        self._desk.settled.add(update_id)
        self._desk.unanswered.pop(update_id, None)
        self._desk.tries.pop(update_id, None)
        self._desk.fileless.discard(update_id)
        self._desk.given.pop(update_id, None)
