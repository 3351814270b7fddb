"""The hour and the zone behind a date: `16.00`, `pukul 16`, `jam 16:00 WIB`."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.reading.days import BEFORE, DAY, LONG_YEAR
from bot.reading.names import MONTH
from bot.reading.refusals import ImpossibleDate, UnreadableDate
from bot.reading.text import B, compiled, excerpt

END_OF_DAY = time(23, 59)  # without an hour; and 24.00, whose own date would be the next day's
ZONES = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}

AT = r"(?:pukul|jam|pkl\.?)"
ZONE_NAMES = "(?:wita|wib|wit)"
ZONE = rf"(?P<zone>{ZONE_NAMES})(?!\w)"
CLOCK = r"(?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2})(?::00(?![0-9]))?"
NO_MORE = r"(?![0-9%/]|[.,:][0-9])(?=\W|wi|_|$)"
HOUR = compiled(
    rf"{B},?{B}(?:{AT}{B}(?P<full>[0-9]{{1,2}})(?![.:]?[0-9])|(?:{AT}{B})?{CLOCK}){NO_MORE}"
)
BEGUN = compiled(rf"{B},?{B}{AT}{B}[0-9]")
SAID_ZONE = compiled(rf"{B}(?:\({B})?{ZONE}(?:{B}\))?")
PART_NAMES = "(?:pagi|siang|sore|petang|malam|am|pm|utc|gmt)"
PART = compiled(rf"{B}(?P<part>{PART_NAMES})(?!\w)(?>(?P<alone>{B}(?:$|,|\(?{ZONE}))?)")
PARTS = {
    "pagi": range(12), "am": range(12), "siang": range(10, 16), "sore": range(14, 19),
    "petang": range(15, 20), "malam": range(18, 24), "pm": range(12, 24),
}  # fmt: skip
SHOWN_DATE = rf"{BEFORE}{DAY}{B}{MONTH}{B}{LONG_YEAR}{B}pukul{B}"
IN_BRACKETS = compiled(rf"{B}\({B}(?:{SHOWN_DATE})?{CLOCK}{B}{ZONE}{B}\)")


class Moment(NamedTuple):
    """Aware, in the zone it was said in; `zone`, its IANA name; text[:end] is how it was said."""

    moment: datetime
    zone: str
    end: int


def moment_first(text: str, start: int, day: date, city: str) -> Moment:
    """The hour and the zone that begin at `start`; 23.59 and the city's where none are said.

    Refuses with ImpossibleDate (25.00) or UnreadableDate (`jam 4 sore`: say 16.00).
    """
    hour, end = _hour(text, start)
    said = SAID_ZONE.match(text, end)
    zone, end = (ZONES[said["zone"].lower()], said.end()) if said else (city, end)
    moment = datetime.combine(day, hour, ZoneInfo(zone))
    return Moment(moment, zone, _after_brackets(text, end, moment))


def _hour(text: str, start: int) -> tuple[time, int]:
    match = HOUR.match(text, start)
    if match is None:
        if BEGUN.match(text, start):
            raise UnreadableDate(excerpt(text))
        return END_OF_DAY, start
    hour, minute = int(match["full"] or match["hour"]), int(match["minute"] or 0)
    part, end = PART.match(text, match.end()), match.end()
    if part and hour not in PARTS.get(part["part"].lower(), ()):
        raise UnreadableDate(excerpt(text[: part.end("part")]))
    if part and part["alone"] is not None:  # else `19.00 Malam penganugerahan`
        end = part.end("part")
    return _time(hour, minute, excerpt(match[0])), end


def _time(hour: int, minute: int, said: str) -> time:
    if (hour, minute) == (24, 0):
        return END_OF_DAY
    try:
        return time(hour, minute)
    except ValueError:
        raise ImpossibleDate(said) from None


def _after_brackets(text: str, end: int, moment: datetime) -> int:
    """`pukul 23.59 WIB (00.59 WITA)`, as we show it ourselves, says the same moment twice."""
    match = IN_BRACKETS.match(text, end)
    if match is None:
        return end
    there = moment.astimezone(ZoneInfo(ZONES[match["zone"].lower()]))
    same = (there.hour, there.minute) == (int(match["hour"]), int(match["minute"]))
    return match.end() if same else end
