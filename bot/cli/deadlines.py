"""A deadline on the command line or in a file, read as the chat reads it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.reading.dates import When, when
from bot.reading.refusals import FarDate, ImpossibleDate, PastDate, WrongWeekday
from db.due import Due
from db.refusal import Refusal

if TYPE_CHECKING:
    from config.settings import Settings

EXAMPLE = "write it like 30/9/2027, 2027-09-30 or 30 September 2027 pukul 16.00"
DAY = timedelta(days=1)
WITH_YEAR = re.compile(r"[0-9]{4}|[0-9]{1,2}\D+[0-9]{1,2}\D+[0-9]{2}(?![0-9])")


class Reader:
    """ValueError says in English why a text is no deadline. That one is past it does not say:
    whether that matters depends on what it is for."""

    def __init__(self, settings: Settings) -> None:
        self._zone = settings.timezone
        self._calendar = settings.calendar()
        self._now = datetime.now(UTC).astimezone(self._zone)

    def said(self, text: str) -> Due:
        """As somebody typed it now; `H+14` is from today."""
        try:
            found = self._read(text)
        except Refusal as refusal:
            raise ValueError(_why(refusal)) from None
        if found.rest:
            raise ValueError(f"{EXAMPLE}, and nothing after it")
        return Due(found.moment, found.zone)

    def written(self, text: str) -> Due:
        """As it stands in a file, where it must mean the same whenever it is read."""
        if not WITH_YEAR.search(text):
            raise ValueError(f"in a file a date needs its year; {EXAMPLE}")
        return self.said(text)

    def _read(self, text: str) -> When:
        try:
            return self._when(text, self._now)
        except PastDate as past:  # once more, as if it were still to come
            return self._when(text, past.moment.astimezone(self._zone) - DAY)

    def _when(self, text: str, now: datetime) -> When:
        return when(text, now, self._zone.key, self._calendar.add_working_days)


def _why(refusal: Refusal) -> str:
    match refusal:
        case FarDate(latest=latest):
            return f"it is later than {latest}, the last day that is taken"
        case ImpossibleDate():
            return "there is no such day or hour"
        case WrongWeekday(day=day):
            return f"{day} is another day of the week"
        case _:
            return EXAMPLE
