"""Which day a text begins with: `30/9`, `30 Sept 2026`, `besok`, `Senin`, `H+14 hari kerja`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from bot.reading.names import MONTH, WEEKDAY, month, weekday, weekday_name
from bot.reading.refusals import FarDate, ImpossibleDate, UnreadableDate, WrongWeekday
from bot.reading.text import DASH, B, compiled, excerpt

AddWorkingDays = Callable[[date, int], date]
YEARS = 2  # how far ahead a date may lie
OLDEST = 1900  # a year before it is no year
FIXED_WORDS = {"hari ini": 0, "besok lusa": 2, "besok": 1, "esok": 1, "lusa": 2}

END = r"(?!\w|/|[.:-][0-9])"
LETTERS_END = r"(?![^\W\d_])"
BY = rf"(?P<by>[/.]|{DASH})"
YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
LONG_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
DAY = r"(?P<day>[0-9]{1,2})"
BEFORE = rf"(?:(?:hari{B})?(?P<weekday>{WEEKDAY})\.?(?!\w){B},?{B})?(?:(?:tanggal|tgl\.?){B})?"

WRITTEN = tuple(
    compiled(BEFORE + form + END)
    for form in (
        r"(?P<year>[0-9]{4})(?P<by>[-/.])(?P<month>[0-9]{1,2})(?P=by)(?P<day>[0-9]{1,2})",
        rf"{DAY}{BY}(?P<month>[0-9]{{1,2}})(?P=by){YEAR}",
        rf"{DAY}{B}{BY}{B}(?P<month>[0-9]{{1,2}}){B}(?P=by){B}{LONG_YEAR}",
        rf"{DAY}(?P<by>[-/.])(?P<name>{MONTH})(?P=by){YEAR}",
        rf"{DAY}{B}(?P<name>{MONTH})\.?{B},?{B}{LONG_YEAR}",
        rf"{DAY}{B}(?P<name>{MONTH}){LETTERS_END}\.?",
        rf"{DAY}(?:/|{DASH})(?P<month>[0-9]{{1,2}})",
    )
)
YEAR_APART = compiled(rf"{B}{LONG_YEAR}(?!\w)")
WORD = compiled("(" + "|".join(FIXED_WORDS).replace(" ", r"\s++") + r")(?!\w)")
AHEAD = compiled(
    rf"h{B}\+{B}(?P<n>[0-9]++)(?!\w)(?>(?:{B}hari{B}(?P<working>kerja)(?!\w))?){END}"
    rf"(?>(?:{B}hari(?:{B}kalender(?!\w)|(?={B}(?:$|[,:0-9]))))?)"
)
LATER = compiled(rf"(?P<n>[0-9]++){B}hari{B}(?:(?P<working>kerja){B})?lagi(?!\w)")
NAMED = compiled(
    rf"(?P<hari>hari{B})?(?P<weekday>{WEEKDAY})(?!\w)(?>(?:{B}(?P<which>depan|ini|lalu|kemarin)(?!\w))?)"
)


class Day(NamedTuple):
    """text[:end] is how it was said."""

    day: date
    end: int


def day_first(text: str, today: date, add_working_days: AddWorkingDays) -> Day:
    """Refuses with UnreadableDate, ImpossibleDate, WrongWeekday or FarDate; a day gone by is for
    the caller to refuse, who knows the hour."""
    found = _written(text, today) or _counted(text, today, add_working_days) or _said(text, today)
    if found is None:
        raise UnreadableDate(excerpt(text))
    if found.day > latest(today):
        raise FarDate(excerpt(text[: found.end]), latest(today))
    return found


def latest(today: date) -> date:
    """The same date two years on; 28 February for a 29th that is not there."""
    is_leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year + YEARS, day=28 if is_leap_day else today.day)


def _written(text: str, today: date) -> Day | None:
    """With day and month, and perhaps its weekday in front."""
    match = next(filter(None, (form.match(text) for form in WRITTEN)), None)
    if match is None:
        return None
    parts = match.groupdict()
    if (
        "year" not in parts
        and "name" not in parts
        and (apart := YEAR_APART.match(text, match.end()))
    ):
        raise UnreadableDate(excerpt(text[: apart.end()]))  # `30/9 2026`: a year or a title?
    said, named = excerpt(match[0]), parts["weekday"]
    day = _date(parts, today, said)
    if named and day.weekday() != weekday(named):
        raise WrongWeekday(said, weekday_name(weekday(named)), day)
    return Day(day, match.end())


def _date(parts: dict[str, str | None], today: date, said: str) -> date:
    number = month(name) if (name := parts.get("name")) else int(parts["month"] or 0)
    day = int(parts["day"] or 0)
    year = _year(parts.get("year"), (number, day) < (today.month, today.day), today)
    try:
        return date(year if year >= OLDEST else 0, number, day)
    except ValueError:
        raise ImpossibleDate(said) from None


def _year(said: str | None, is_gone: bool, today: date) -> int:
    """Without one, this year's, or next year's where this year's is gone."""
    if said is None:
        return today.year + is_gone
    return int(said) + (2000 if len(said) == 2 else 0)


def _counted(text: str, today: date, add_working_days: AddWorkingDays) -> Day | None:
    """So many days from today."""
    match = AHEAD.match(text) or LATER.match(text)
    if match is None:
        return None
    digits = match["n"]
    if len(digits) > 4 or today + timedelta(int(digits)) > latest(today):
        raise FarDate(excerpt(match[0]), latest(today))
    days = int(digits)
    day = add_working_days(today, days) if match["working"] else today + timedelta(days)
    return Day(day, match.end())


def _said(text: str, today: date) -> Day | None:
    if match := WORD.match(text):
        return Day(today + timedelta(FIXED_WORDS[" ".join(match[1].lower().split())]), match.end())
    match = NAMED.match(text)
    if match is None or _is_vague(match):
        return None
    ahead = (weekday(match["weekday"]) - today.weekday() - 1) % 7 + 1
    return Day(today + timedelta(ahead), match.end())


def _is_vague(match: re.Match[str]) -> bool:
    """`Senin ini` may be today, `Minggu depan` next week: neither is a day."""
    which = (match["which"] or "depan").lower()
    is_week = match["weekday"].lower() == "minggu" and match["which"] and not match["hari"]
    return which != "depan" or bool(is_week)
