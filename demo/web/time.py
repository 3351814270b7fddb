"""The city's clock, which is the bot's: it stands, and runs where the visitor sends it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from config.calendar import Calendar
from demo.web import facts, view
from demo.web.hands import Refused
from demo.web.stage import Stage

STEP = timedelta(minutes=2)  # shorter than an outage, so that the bot sees that it was there
TURN = 10  # minutes; so often the bot looks at everything, and also whenever something is due
FARTHEST = timedelta(days=12)  # longer than there is between two reminders
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Goal:
    """Where to stop: at that moment, or where more than `before` of this kind have arrived."""

    at: datetime | None = None
    kind: str = ""
    before: int = 0


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
        goal = await self._goal(target)
        await self.stop()
        self.target = target
        self.going = asyncio.create_task(self._run(goal))
        self.stage.hub.changed()

    async def stop(self) -> None:
        if self.going:
            self.going.cancel()
            with suppress(asyncio.CancelledError):
                await self.going
            self.going = None
            self.stage.hub.changed()

    async def _run(self, goal: Goal) -> None:
        clock, machine, hub = self.stage.clock, self.stage.machine, self.stage.hub
        limit = clock.now + FARTHEST
        while clock.now < limit:
            before, clock.now = clock.now, self._next(clock.now, goal)
            is_turn = clock.now == goal.at or await self._is_turn(before, clock.now)
            await (machine.turn() if is_turn else machine.beat())
            hub.changed()
            if is_turn and await self._is_there(goal):
                break
            await asyncio.sleep(0)
        asyncio.get_running_loop().call_soon(hub.changed)

    def _next(self, now: datetime, goal: Goal) -> datetime:
        """In the window in even steps; outside it nothing leaves, so straight to its opening."""
        if self.calendar.is_open(now):
            step = now.replace(minute=now.minute - now.minute % 2, second=0, microsecond=0) + STEP
        else:
            step = self.calendar.next_opening(now)
        return min(step, goal.at) if goal.at else step

    async def _is_turn(self, before: datetime, now: datetime) -> bool:
        """Else nobody does anything, and a sign of life is all there is."""
        if now.minute % TURN == 0 or not self.calendar.is_open(before):
            return True
        if (desk := self.stage.machine.desk) is None:
            return False
        async with desk.view() as session:
            return await facts.is_due(session, now)

    async def _is_there(self, goal: Goal) -> bool:
        if goal.at:
            return self.stage.clock.now >= goal.at
        return await self._sent(goal.kind) > goal.before

    async def _goal(self, target: str) -> Goal:
        now = self.stage.clock.now
        match target:
            case "reminder" | "digest":
                return Goal(kind=target, before=await self._sent(target))
            case "day":
                tomorrow = datetime.combine(now.date(), self.calendar.closes, now.tzinfo)
                return Goal(self.calendar.next_opening(max(now, tomorrow)))
            case "week":
                return Goal(now + WEEK)
            case "minutes":
                return Goal(now + 5 * STEP)
        raise LookupError(target)

    async def _sent(self, kind: str) -> int:
        """How many messages of this kind have arrived."""
        if (desk := self.stage.machine.desk) is None:
            return 0
        async with desk.view() as session:
            return await facts.arrived(session, kind)
