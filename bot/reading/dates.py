"""A moment as people write it, at the beginning of a text, or a refusal with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.reading.days import AddWorkingDays, day_first
from bot.reading.doubts import is_doubtful
from bot.reading.hours import moment_first
from bot.reading.refusals import (
    FarDate,
    ImpossibleDate,
    NoDate,
    PastDate,
    UnreadableDate,
    WrongWeekday,
)
from bot.reading.text import excerpt, rest, stripped

__all__ = [
    "AddWorkingDays",
    "FarDate",
    "ImpossibleDate",
    "NoDate",
    "PastDate",
    "UnreadableDate",
    "When",
    "WrongWeekday",
    "when",
]


@dataclass(frozen=True, slots=True)
class When:
    """`moment` is aware, in the zone it was said in (`zone`, an IANA name); `rest` follows it, as
    it was spelled."""

    moment: datetime
    zone: str
    rest: str


def when(text: str, now: datetime, zone: str, add_working_days: AddWorkingDays) -> When:
    """Read the longest date, with an hour and a zone perhaps, with which a text begins.

    `now`: aware, in the city's zone, by whose day `besok` counts. `zone`: the city's, an IANA name.
    Refuses with NoDate, UnreadableDate, ImpossibleDate, WrongWeekday, PastDate or FarDate.
    """
    text = stripped(text)
    if not text:
        raise NoDate
    day, end = day_first(text, now.date(), add_working_days)
    moment, said_zone, end = moment_first(text, end, day, zone)
    if is_doubtful(text, end):
        raise UnreadableDate(excerpt(text))
    if moment <= now:
        raise PastDate(moment)
    return When(moment, said_zone, rest(text, end))
