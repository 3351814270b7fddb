"""A moment as people write it, at the beginning of a text, or a refusal with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.reading import months
from db.refusal import Refusal

END_OF_DAY = time(23, 59)
FURTHEST = timedelta(days=731)
ZONES = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}

AddWorkingDays = Callable[[date, int], date]


class UnreadableDate(Refusal):
    """No date stands where one should. Example: 30/9/2026, 30 September 2026, H+14."""


class ImpossibleDate(Refusal):
    """The calendar has no such day, or the weekday is another. Example: 28 Februari 2026."""

    def __init__(self, said: str) -> None:
        self.said = said


class PastDate(Refusal):
    """The moment is past."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment


class FarDate(Refusal):
    """More than two years away: most likely a slip."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment


@dataclass(frozen=True, slots=True)
class When:
    """`moment` is aware, in the zone it was said in (`zone`, an IANA name); `rest` follows it."""

    moment: datetime
    zone: str
    rest: str


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    end: int


_SEP = r"\s*[/.-]\s*"
_NUMERIC = re.compile(
    rf"([0-9]{{1,2}}){_SEP}([0-9]{{1,2}})(?:{_SEP}([0-9]{{4}}|[0-9]{{2}}))?(?![0-9])"
)
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])")
_WORDED = re.compile(r"([0-9]{1,2})\s+([A-Za-z]{3,9})\.?(?:\s+([0-9]{4}))?(?![0-9A-Za-z])")
_RELATIVE = re.compile(r"h\s*\+\s*([0-9]{1,4})(\s+hari\s+kerja)?(?![0-9A-Za-z])", re.I)
_LATER = re.compile(r"([0-9]{1,4})\s+hari(\s+kerja)?\s+lagi(?![A-Za-z])", re.I)
_WORD = re.compile(r"(besok|lusa|hari\s+ini)(?![A-Za-z])", re.I)
_WEEKDAY = re.compile(r"([A-Za-z]{4,6}|jum['’`]at)(\s+depan)?(?![A-Za-z])", re.I)
_HOUR = re.compile(
    r"\s*,?\s*(?:(?:pukul|jam|pkl\.?)\s*([0-9]{1,2})(?:[.:]([0-9]{2}))?|([0-9]{1,2})[.:]([0-9]{2}))"
    r"(?![0-9.:/])",
    re.I,
)
_CLOCK = re.compile(r"[0-9]{1,2}[.:][0-9]{2}(?![0-9./-])")  # after a weekday: an hour
_ZONE = re.compile(r"\s*(wib|wita|wit)(?![A-Za-z])", re.I)


def when(text: str, now: datetime, zone: str, add_working_days: AddWorkingDays) -> When:
    """Read the date, and then perhaps an hour and a zone, with which a text begins.

    `now`: aware, in the city's zone. `zone`: the city's, an IANA name. Without an hour it is
    23.59. Raises UnreadableDate, ImpossibleDate, PastDate or FarDate.
    """
    text = text.strip()
    found = _day(text, now.date(), add_working_days)
    hour, end = _hour(text, found.end)
    said = _ZONE.match(text, end)
    if said:
        zone, end = ZONES[said[1].lower()], said.end()
    moment = datetime.combine(found.day, hour or END_OF_DAY, ZoneInfo(zone))
    if moment <= now:
        raise PastDate(moment)
    if moment - now > FURTHEST:
        raise FarDate(moment)
    return When(moment, zone, text[end:].lstrip(" \t\n,;:–—-").rstrip())


def _day(text: str, today: date, add_working_days: AddWorkingDays) -> _Day:
    for read in (_iso, _numeric, _worded, _relative, _word, _weekday):
        if found := read(text, today, add_working_days):
            return found
    raise UnreadableDate


def _iso(text: str, _today: date, _add: AddWorkingDays) -> _Day | None:
    match = _ISO.match(text)
    return match and _Day(_date(int(match[1]), int(match[2]), int(match[3]), match[0]), match.end())


def _numeric(text: str, today: date, _add: AddWorkingDays) -> _Day | None:
    match = _NUMERIC.match(text)
    if not match:
        return None
    return _Day(_with_year(int(match[1]), int(match[2]), match[3], today, match[0]), match.end())


def _worded(text: str, today: date, _add: AddWorkingDays) -> _Day | None:
    match = _WORDED.match(text)
    month = match and months.number(match[2])
    if not match or not month:
        return None
    return _Day(_with_year(int(match[1]), month, match[3], today, match[0]), match.end())


def _relative(text: str, today: date, add: AddWorkingDays) -> _Day | None:
    match = _RELATIVE.match(text) or _LATER.match(text)
    if not match:
        return None
    count = int(match[1])
    if count > FURTHEST.days:
        raise FarDate(datetime.combine(today, END_OF_DAY))
    day = add(today, count) if match[2] else today + timedelta(count)
    return _Day(day, match.end())


def _word(text: str, today: date, _add: AddWorkingDays) -> _Day | None:
    match = _WORD.match(text)
    ahead = {"besok": 1, "lusa": 2}
    return match and _Day(today + timedelta(ahead.get(match[1].lower(), 0)), match.end())


def _weekday(text: str, today: date, add: AddWorkingDays) -> _Day | None:
    """The next one after today; before a date it must be that date's."""
    match = _WEEKDAY.match(text)
    weekday = months.weekday(match[1]) if match else None
    if not match or weekday is None:
        return None
    after = re.compile(r"\s*,?\s*").match(text, match.end())
    start = after.end() if after else match.end()
    for read in (_iso, _numeric, _worded):
        if _CLOCK.match(text, start):
            break
        if found := read(text[start:], today, add):
            if found.day.weekday() != weekday:
                raise ImpossibleDate(text[: start + found.end])
            return _Day(found.day, start + found.end)
    return _Day(today + timedelta((weekday - today.weekday() - 1) % 7 + 1), match.end())


def _with_year(day: int, month: int, year: str | None, today: date, said: str) -> date:
    """Without a year: this year's, or next year's when it has gone by."""
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day, said)
    for candidate in _years(today):
        if (found := _date(candidate, month, day, said)) >= today:
            return found
    raise ImpossibleDate(said)


def _years(today: date) -> Iterator[int]:
    yield today.year
    yield today.year + 1


def _date(year: int, month: int, day: int, said: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ImpossibleDate(said) from None


def _hour(text: str, end: int) -> tuple[time | None, int]:
    """The hour after a date; 24.00 is the end of the day. A number without a word is no hour."""
    match = _HOUR.match(text, end)
    if not match:
        return None, end
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
    if (hour, minute) == (24, 0):
        return END_OF_DAY, match.end()
    if hour > 23 or minute > 59:
        raise ImpossibleDate(match[0].strip())
    return time(hour, minute), match.end()
