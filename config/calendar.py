"""The hours in which we speak, and the stages of a deadline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, count, islice, takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo

from config.working_days import DAY, WorkingDays

EVERY = 5  # working days between reminders once the last listed stage is past


class Stage(NamedTuple):
    """-3 is three calendar days before the deadline's date, 3 the third working day after it."""

    number: int
    day: date  # the working day on which it is heard


@dataclass(frozen=True, eq=False, kw_only=True)
class Calendar(WorkingDays):
    """Rules only, no clock: who asks brings the moment. Moments are aware (ValueError if not),
    dates are those of `zone`. What thousands of items share is worked out once."""

    zone: ZoneInfo
    opens: time
    closes: time
    before: tuple[int, ...]  # calendar days before a deadline, in any order
    after: tuple[int, ...]  # working days after it, rising; then every fifth

    def local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError(f"{moment} has no time zone")
        return moment.astimezone(self.zone)

    def is_open(self, now: datetime) -> bool:
        """Whether anything automatic may leave the house: a working day, opens <= now < closes."""
        here = self.local(now)
        return self.opens <= here.time() < self.closes and self.is_working(here.date())

    def next_opening(self, now: datetime) -> datetime:
        """The first moment, `now` included, at which the window is open; in `zone`."""
        here = self.local(now)
        if self.is_open(here):
            return here
        day = here.date() if here.time() < self.opens else here.date() + DAY
        return datetime.combine(self.next_working_day_or_same(day), self.opens, self.zone)

    def due_day(self, due_at: datetime) -> date:
        """The date from which stages count: due before we open counts as due the day before."""
        here = self.local(due_at)
        return here.date() - DAY if here.time() < self.opens else here.date()

    def stage(self, due_at: datetime, today: date) -> int | None:
        """The newest stage reached by that day."""
        return _newest(self, self.due_day(due_at), today)

    def stages(self, due_at: datetime, until: date) -> tuple[Stage, ...]:
        """Every stage heard on or before that day, oldest first; several may share a day."""
        return _stages(self, self.due_day(due_at), until)

    def reminder_days(self, due_at: datetime, since: date, count: int) -> tuple[date, ...]:
        """The next days, all after `since`, on which a reminder will fall."""
        coming = (stage.day for stage in self._walk(self.due_day(due_at)))
        return tuple(islice(dict.fromkeys(islice((d for d in coming if d > since), 99)), count))

    def late_by(self, due_at: datetime, now: datetime) -> int:
        """Working days, today's included; 0 also while only free days have passed since."""
        if now <= due_at:
            return 0
        return _working_days_after(self, self.due_day(due_at), self.local(now).date())

    def _walk(self, due: date) -> Iterator[Stage]:
        for days in sorted(self.before, reverse=True):
            yield Stage(-days, self.previous_working_day_or_same(due - timedelta(days)))
        last, day = 0, due
        for number in self._after():
            day = self.add_working_days(day, number - last)
            last = number
            yield Stage(number, day)

    def _after(self) -> Iterator[int]:
        return chain(self.after, count(max(self.after, default=0) + EVERY, EVERY))


@lru_cache(maxsize=65_536)
def _newest(calendar: Calendar, due: date, today: date) -> int | None:
    return max((stage.number for stage in _stages(calendar, due, today)), default=None)


@lru_cache(maxsize=65_536)
def _stages(calendar: Calendar, due: date, until: date) -> tuple[Stage, ...]:
    return tuple(takewhile(lambda stage: stage.day <= until, calendar._walk(due)))


@lru_cache(maxsize=65_536)
def _working_days_after(calendar: Calendar, day: date, until: date) -> int:
    return calendar.working_days_after(day, until)
