"""The hours in which we speak, and the stages of a deadline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, count, groupby, islice, takewhile
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
        """Every stage heard on or before that day, oldest first. Several may share a day: free
        days push them together, and then only the newest counts."""
        return tuple(takewhile(lambda stage: stage.day <= until, self._walk(due_at)))

    def reminder_days(self, due_at: datetime, since: date, most: int) -> tuple[date, ...]:
        """The next days, all after `since`, on which an open item is reminded of."""
        days = (stage.day for stage in self._walk(due_at) if stage.day > since)
        return tuple(islice((day for day, _ in groupby(days)), most))

    def late_by(self, due_at: datetime, now: datetime) -> int:
        """Working days from the first after `due_day` to today, both counted; 0 when the deadline
        is not past, and while only free days have gone by since."""
        if now <= due_at:
            return 0
        return _working_days_after(self, self.due_day(due_at), self.local(now).date())

    def _walk(self, due_at: datetime) -> Iterator[Stage]:
        """All stages there will ever be, in order."""
        due = day = self.due_day(due_at)
        for ahead in sorted(self.before, reverse=True):
            yield Stage(-ahead, _heard_on(self, due, ahead))
        last = 0
        for number in chain(self.after, count(self._listed + EVERY, EVERY)):
            day = self.add_working_days(day, number - last)
            last = number
            yield Stage(number, day)

    @property
    def _listed(self) -> int:
        return max(self.after, default=0)


@lru_cache(maxsize=65_536)
def _newest(calendar: Calendar, due: date, today: date) -> int | None:
    """What the last of `stages` says, without the walk."""
    late = _working_days_after(calendar, due, today)
    if late >= calendar._listed + EVERY:
        return late - (late - calendar._listed) % EVERY
    listed = [number for number in calendar.after if number <= late]
    ahead = [-n for n in calendar.before if _heard_on(calendar, due, n) <= today]
    return max(ahead + listed, default=None)


def _heard_on(calendar: Calendar, due: date, ahead: int) -> date:
    return calendar.previous_working_day_or_same(due - timedelta(ahead))


@lru_cache(maxsize=65_536)
def _working_days_after(calendar: Calendar, day: date, until: date) -> int:
    return calendar.working_days_after(day, until)
