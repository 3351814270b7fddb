"""What must hold of what the bot owes: each has an end, and is said twice only where nobody could
know, with a word about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from demo.telegram import Message
from tests.faults.city import City, said_by
from tests.faults.process import Minute
from tests.faults.scenes import REPEAT
from tests.faults.wiretap import Came, Death, Try
from tests.town import WITA

OPENS, CLOSES = "08:00", "17:30"
LATE = "09:20"  # UTC: ten minutes before the window closes, in which no database may be there
SOONEST = timedelta(minutes=5)


class Row(NamedTuple):
    id: int
    key: str
    kind: str
    day: str | None
    fate: str
    repeated: bool
    is_over: bool
    message_id: int | None
    made_at: str


ROWS = (
    "SELECT id, key, kind, day, fate, repeated, not_before IS NULL, message_id, made_at FROM owed"
    " ORDER BY id"
)


def wrongs(city: City, days: list[str], minutes: list[Minute]) -> Iterator[str]:
    """`days` on which each OPD had something to hear."""
    for row in rows(city):
        yield from owed(city, row, minutes)
    yield from once_a_day(city, days)


def rows(city: City) -> list[Row]:
    return [Row(*row) for row in city.tap.asks(ROWS)]


def owed(city: City, row: Row, minutes: list[Minute]) -> Iterator[str]:
    """It has an end, which is what really became of it; it was said twice only if nobody could
    know, and then with a word about it."""
    tries = [one for one in city.tap.tries if one.owed == row.id]
    yield from (f"not followed: {one}" for one in left_behind(tries))
    if perhaps_once(city, row, tries, minutes):
        yield f"not said once more: {row}, {tries}"
    if row.fate in ("owed", "claimed") or not row.is_over:
        yield f"without an end: {row}"
    perhaps = [one for one in tries if _perhaps(city, one, row)]
    told = [one for one in tries if one.came is Came.TAKEN or one in perhaps]
    yield from (f"{wrong}: {row}, {tries}" for wrong in _repeats(city, row, tries, perhaps, told))
    sure = [one for one in told if one not in perhaps]
    fate = "sent" if sure else "unknown" if told or _claimed_in(city, row) else "failed, obsolete"
    if row.fate not in fate:
        yield f"{row.fate} instead of {fate}: {row}, {tries}"
    if sure and sure[-1].bubble != row.message_id:
        yield f"another message: {row}"
    if row.fate == "failed" and not (row.day or (tries and tries[-1].came is Came.NEVER)):
        yield f"given up without need: {row}, {tries}"
    if row.fate == "failed" and not tries and row.made_at < f"{row.day} {LATE}":
        yield f"never tried: {row}"


def _repeats(
    city: City, row: Row, tries: list[Try], perhaps: list[Try], told: list[Try]
) -> Iterator[str]:
    if len(told) > len(perhaps[:1]) + 1 or (len(told) > 1 and told[0] not in perhaps):
        yield "said too often"
    for number, one in enumerate(tries):
        before = [p for p in tries[:number] if p in perhaps]
        is_repeat = bool(before) or any(
            d.tries <= city.tap.place(one) for d in _claimed_in(city, row)
        )
        if one.is_marked != is_repeat:
            yield "a repeat without a word" if is_repeat else "a word about no repeat"
        if before and one.at < before[-1].at + SOONEST:
            yield "repeated too soon"
        if (is_repeat or row.day) and not _is_open(one.at):
            yield "outside the window"


def left_behind(tries: list[Try]) -> Iterator[Try]:
    """To a group that has another id by now, as the same process was told."""
    for one, then in pairwise(tries):
        if one.came is Came.MOVED and one.life == then.life and one.chat == then.chat:
            yield then


def perhaps_once(city: City, row: Row, tries: list[Try], minutes: list[Minute]) -> bool:
    """Of unknown fate, and not said once more though there was time for it."""
    perhaps = [one for one in tries if _perhaps(city, one, row)]
    if not perhaps or row.repeated:
        return False
    first = perhaps[0]
    known_at = _known_at(city, first, row, minutes)
    later = [m.at for m in minutes if known_at and m.at >= known_at + SOONEST and _is_open(m.at)]
    return any(row.day is None or at.date() == first.at.date() for at in later)


def _known_at(city: City, one: Try, row: Row, minutes: list[Minute]) -> datetime | None:
    """When the bot wrote down that nobody knows: at once; or where the process died before it
    could, in the first minute of a later one, which knows no sooner."""
    place = city.tap.place(one)
    if all(death.tries <= place for death in _claimed_in(city, row)):
        return one.at
    return min((m.at for m in minutes if m.life > one.life), default=None)


def _perhaps(city: City, one: Try, row: Row) -> bool:
    """Nobody knows whether it arrived: cut off, or the process died before it was written down."""
    if one.came is Came.PERHAPS:
        return True
    place = city.tap.place(one)
    after = [d for d in _claimed_in(city, row) if d.tries > place]
    later = [t for t in city.tap.tries[place + 1 :] if t.owed == row.id]
    return bool(
        one.came is Came.TAKEN
        and after
        and not (later and city.tap.place(later[0]) < after[0].tries)
    )


def _claimed_in(city: City, row: Row) -> list[Death]:
    return [death for death in city.tap.deaths if row.id in death.claimed]


def _is_open(at: datetime) -> bool:
    return OPENS <= f"{at.astimezone(WITA):%H:%M}" < CLOSES


def once_a_day(city: City, days: list[str]) -> Iterator[str]:
    """A reminder or digest in a chat, but for what says that it may be a repeat; and each OPD was
    reminded, or it was tried."""
    said = [m for m in said_by(city.town) if _kind(m) and not m.text.startswith(REPEAT)]
    for one, count in Counter((m.chat.id, _kind(m), f"{m.when:%d}") for m in said).items():
        if count > 1:
            yield f"{count} times {one}"
    tried = {one.owed for one in city.tap.tries}
    keys = [row.key for row in rows(city) if row.id in tried]
    for code in city.offices:
        for day in days:
            if not any(key.startswith(f"reminder:{code}:{day}") for key in keys):
                yield f"{code} was not reminded on {day}"


def _kind(message: Message) -> str:
    if message.text.startswith("⏰"):
        return "reminder"
    return "digest" if message.text.startswith("Dikonfirmasi ") else ""
