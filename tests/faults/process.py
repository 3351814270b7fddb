"""The bot's process, as far as it receives and sends: it dies at a point, and is started again."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import event

from bot import receive, send
from bot.context import Context
from db.engine import Unavailable
from tests.faults.base import Base
from tests.faults.wiretap import SENDING, Wiretap
from tests.shown import Killed
from tests.town import Town

POINTS = ("fetched", "commit", "asked", "taken")  # commit: just before; asked, taken: a message
HANGS = 60.0  # seconds


class Minute(NamedTuple):
    """In which all was sent that could be, by the process of this life."""

    life: int
    at: datetime


@dataclass
class Process:
    town: Town
    tap: Wiretap
    base: Base | None = None
    outages: list[str] = field(default_factory=list)
    minutes: list[Minute] = field(default_factory=list)
    _receiving: asyncio.Task[None] | None = None
    _others: set[asyncio.Task[Any]] = field(default_factory=asyncio.all_tasks)
    _turned: asyncio.Event = field(default_factory=asyncio.Event)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    def starts(self) -> None:
        self._stop = asyncio.Event()
        self.tap.turned = self._turned.set
        self.tap.is_away = lambda: self.base is not None and self.base.is_away
        writer = self.town.desk.database.writer.sync_engine
        event.listen(writer, "commit", lambda _: self.tap.passes("commit"))
        self._receiving = asyncio.create_task(receive.forever(self.town.app, 0, self._stop))

    async def stops(self) -> None:
        assert self._receiving
        self._stop.set()
        self.town.bot.queue.arrived.set()
        await self._receiving

    def loses_the_database(self, fault: str, tries: int) -> None:
        """For so many transactions, until the process has it back or dies."""
        if self.base is None or not self.base.is_away:
            self.base = Base(self.town, fault, tries)
            self.base.begin()
            self.outages.append(fault)

    def has_the_database_back(self) -> None:
        if self.base:
            self.base.end()

    async def hears(self) -> None:
        """At least once, until nothing waits for us; it may take a few lives."""
        self._turned.clear()
        self.town.bot.queue.arrived.set()
        async with asyncio.timeout(HANGS):
            while not (self._turned.is_set() and self.tap.is_heard):
                self._turned.clear()
                await self._some_turn()
                if self.tap.is_dead:
                    await self._rises()

    async def minute(self) -> None:
        """What the clock owes is written down, and what is owed is sent."""
        context = Context(self.town.app)
        token = SENDING.set(True)
        try:
            with suppress(*Unavailable, Killed):
                await self.town.ticks()
            with suppress(*Unavailable, Killed):
                if await send.drain(context, asyncio.Event()) == send.IDLE:
                    self.minutes.append(Minute(self.tap.life, self.town.clock.now))
        finally:
            SENDING.reset(token)
        if self.tap.is_dead:
            await self._rises()

    async def _some_turn(self) -> None:
        assert self._receiving
        turned = asyncio.create_task(self._turned.wait())
        await asyncio.wait({self._receiving, turned}, return_when=asyncio.FIRST_COMPLETED)
        turned.cancel()
        if self._receiving.done() and not self.tap.is_dead:
            self._receiving.result()
            raise AssertionError("receiving ended by itself")

    async def _rises(self) -> None:
        """Nothing of the dead goes on: whatever it does next ends it."""
        self.has_the_database_back()
        self.town.bot.queue.arrived.set()
        if left := asyncio.all_tasks() - self._others:
            done, hanging = await asyncio.wait(left, timeout=HANGS)
            assert not hanging
            for task in done:
                if not task.cancelled() and not isinstance(task.exception(), Killed | None):
                    task.result()
        self.tap.buries()
        await self.town.restarts()
        self.starts()
