"""The city's clock, which is the bot's: it stands, and runs where the visitor sends it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from config.calendar import Calendar
from demo.web import facts, view
from demo.web.hands import Refused
from demo.web.stage import Stage

STEP = timedelta(minutes=2)  # shorter than an outage, so that the bot sees that it was there
FARTHEST = timedelta(days=12)  # longer than there is between two reminders
WEEK = timedelta(days=7)
There = Callable[[datetime], Awaitable[bool]]
"""Whether it is time to stop, by what the clock says or by what the bot has said."""


class Time:
    """`go` sends the clock somewhere; it runs until it is there, or `stop`."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.calendar: Calendar = stage.machine.settings.calendar()
        self.going: asyncio.Task[None] | None = None
        self.target = ""

    def facts(self) -> dict[str, Any]:
        now = self.stage.clock.now
        is_open = self.calendar.is_open(now)
        told = {"day": view.day(now), "hour": view.hour(now), "iso": now.isoformat()}
        return told | {"open": is_open, "target": self.target if self.is_running else ""}

    @property
    def is_running(self) -> bool:
        return self.going is not None and not self.going.done()

    async def go(self, target: str) -> None:
        """LookupError where there is no such target; Refused where it would be waited for in
        vain."""
        machine = self.stage.machine
        is_away = not machine.is_alive or self.stage.telegram.line.is_down
        if target in ("reminder", "digest") and is_away:
            raise Refused("Bot sedang tidak dapat mengirim apa pun; lihat tab Gangguan.")
        there = await self._there(target)
        await self.stop()
        self.target = target
        self.going = asyncio.create_task(self._run(there))
        self.stage.hub.changed()

    async def stop(self) -> None:
        if self.going:
            self.going.cancel()
            with suppress(asyncio.CancelledError):
                await self.going
            self.going = None
            self.stage.hub.changed()

    async def _run(self, there: There) -> None:
        limit = self.stage.clock.now + FARTHEST
        while self.stage.clock.now < limit:
            self.stage.clock.now = self._next(self.stage.clock.now)
            await self.stage.machine.turn()
            self.stage.hub.changed()
            if await there(self.stage.clock.now):
                break
            await asyncio.sleep(0)
        asyncio.get_running_loop().call_soon(self.stage.hub.changed)

    def _next(self, now: datetime) -> datetime:
        """In the window in even steps; outside it nothing leaves, so straight to its opening."""
        if not self.calendar.is_open(now):
            return self.calendar.next_opening(now)
        return now.replace(minute=now.minute - now.minute % 2, second=0, microsecond=0) + STEP

    async def _there(self, target: str) -> There:
        now = self.stage.clock.now
        match target:
            case "reminder" | "digest":
                return self._until_more(target, await self._sent(target))
            case "day":
                tomorrow = datetime.combine(now.date(), self.calendar.closes, now.tzinfo)
                return _until(self.calendar.next_opening(max(now, tomorrow)))
            case "week":
                return _until(now + WEEK)
            case "minutes":
                return _until(now + 5 * STEP)
        raise LookupError(target)

    def _until_more(self, kind: str, before: int) -> There:
        async def there(now: datetime) -> bool:
            return await self._sent(kind) > before

        return there

    async def _sent(self, kind: str) -> int:
        """How many messages of this kind have arrived."""
        if (desk := self.stage.machine.desk) is None:
            return 0
        async with desk.view() as session:
            return await facts.arrived(session, kind)


def _until(moment: datetime) -> There:
    async def there(now: datetime) -> bool:
        return now >= moment

    return there
