"""The stages of a deadline: on which days an OPD hears of it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Stage:
    """`number`: calendar days before the deadline (-14 … 0), or working days after it (1 …)."""

    number: int
    day: date


class Stages:
    """The part of a calendar that knows deadlines. Before a deadline its local date counts in
    calendar days and moves ahead of free days; after it working days count."""

    zone: ZoneInfo
    opens: time
    before: tuple[int, ...]
    after: tuple[int, ...]

    @abstractmethod
    def add_working_days(self, day: date, count: int) -> date: ...
    @abstractmethod
    def last_working_day(self, day: date) -> date: ...
    @abstractmethod
    def working_days_after(self, day: date, until: date) -> int: ...

    def due_day(self, due_at: datetime) -> date:
        """Its local date; due before we open counts as the day before."""
        local = due_at.astimezone(self.zone)
        return local.date() - timedelta(days=local.time() < self.opens)

    def stage(self, due_at: datetime, today: date) -> int | None:
        """The newest stage reached by this day."""
        reached = [s.number for s in self.stages(due_at, today)]
        return max(reached, default=None)

    def stages(self, due_at: datetime, until: date) -> tuple[Stage, ...]:
        """All stages up to a day, in order. Several may fall on one day; the last one counts."""
        day = self.due_day(due_at)
        ahead = [Stage(-n, self.last_working_day(day - timedelta(n))) for n in self.before]
        early = sorted((s for s in ahead if s.day <= until), key=lambda s: s.number)
        return (*early, *self._late(day, until))

    def reminder_days(self, due_at: datetime, since: date, most: int) -> tuple[date, ...]:
        """The next days, after `since`, on which an open item would be reminded of."""
        horizon = max(since, self.due_day(due_at)) + timedelta(days=60)
        days = sorted({s.day for s in self.stages(due_at, horizon) if s.day > since})
        return tuple(days[:most])

    def late_by(self, due_at: datetime, now: datetime) -> int:
        """Working days since the deadline; 0 when it is not past."""
        today = now.astimezone(self.zone).date()
        return self.working_days_after(self.due_day(due_at), today) if due_at < now else 0

    def _late(self, day: date, until: date) -> Iterator[Stage]:
        reached = 0
        for number in self._numbers_after():
            day = self.add_working_days(day, number - reached)
            reached = number
            if day > until:
                return
            yield Stage(number, day)

    def _numbers_after(self) -> Iterator[int]:
        """The listed ones, then every fifth."""
        yield from self.after
        yield from count(max(self.after, default=0) + 5, 5)
