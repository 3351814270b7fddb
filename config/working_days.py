"""Working days of Indonesia: the built-in list of free days, as this city amends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import holidays

from config.holidays_file import Amendment

DAY = timedelta(days=1)
FURTHEST = 10_000  # working days, some forty years: nobody counts further in earnest
ESTIMATED = "(perkiraan)"  # how the package marks a day that no decree has fixed yet


@dataclass(frozen=True, eq=False, kw_only=True)
class WorkingDays:
    """Monday to Friday (Perpres 21/2023) but for national holidays and cuti bersama (SKB 3
    Menteri, by way of the holidays package); `amendments` beat both. Two calendars are equal
    only when they are the same one, so that it can be the key of what is remembered."""

    amendments: Mapping[date, Amendment] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        return day not in _free_days(self, day.year)

    def holiday_name(self, day: date) -> str | None:
        """What is kept on that day, in Indonesian; none on an ordinary weekend."""
        return _holidays(self, day.year).get(day)

    def is_official(self, year: int) -> bool:
        """Whether a decree or HOLIDAYS_FILE fixes the year's free days; else some are estimates."""
        amended = any(day.year == year for day in self.amendments)
        return amended or not any(ESTIMATED in name for name in _built_in(year).values())

    def previous_working_day_or_same(self, day: date) -> date:
        while not self.is_working(day):
            day -= DAY
        return day

    def next_working_day_or_same(self, day: date) -> date:
        while not self.is_working(day):
            day += DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`; `day` itself, free or not, for none.

        ValueError for fewer than none or more than FURTHEST.
        """
        if not 0 <= n <= FURTHEST:
            raise ValueError(f"between 0 and {FURTHEST} working days, not {n}")
        for _ in range(n):
            day = self.next_working_day_or_same(day + DAY)
        return day

    def working_days_after(self, day: date, until: date) -> int:
        """How many working days come after `day`, up to and including `until`."""
        return sum(self.is_working(day + timedelta(n)) for n in range(1, (until - day).days + 1))


@lru_cache(maxsize=256)
def _free_days(days: WorkingDays, year: int) -> frozenset[date]:
    kept = {day for day, change in days.amendments.items() if change.works}
    return frozenset((_weekends(year) | _holidays(days, year).keys()) - kept)


@lru_cache(maxsize=256)
def _holidays(days: WorkingDays, year: int) -> Mapping[date, str]:
    changes = {day: change for day, change in days.amendments.items() if day.year == year}
    added = {day: change.name for day, change in changes.items() if not change.works}
    built_in = {day: name for day, name in _built_in(year).items() if day not in changes}
    return built_in | added


@lru_cache(maxsize=64)
def _built_in(year: int) -> Mapping[date, str]:
    """Without the category `government` the package leaves cuti bersama out."""
    both = ("public", "government")
    return dict(holidays.country_holidays("ID", years=year, categories=both, language="id"))


def _weekends(year: int) -> set[date]:
    return {day for day in _days_of(year) if day.weekday() >= 5}


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year, 12, 31) - first).days + 1)]
