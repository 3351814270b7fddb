"""What a reader of the digest heard last, and which ones they missed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.calendar import Calendar
from db import people
from db.engine import Session
from db.models import Role
from db.owed import first_digest, last_digest
from db.people import Holder

READERS = (Role.SEKDA, Role.COORDINATOR)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Items; those not relevant or dropped are not counted. `late`: open and past now."""

    total: int
    confirmed: int
    verified: int
    late: int


@dataclass(frozen=True, slots=True)
class Before:
    """The last digest of an earlier day. `numbers`: None where its fate is unknown."""

    day: date
    sent_at: datetime
    numbers: Numbers | None


async def before(
    session: Session, calendar: Calendar, today: date, reader: int
) -> tuple[Before | None, tuple[date, ...]]:
    """The last one that this person got, and the working days since, in their post, whose digest
    they did not get. Who is owed none compares with the last one that anybody got."""
    held = [one for one in await people.tenures_of(session, reader) if one.role in READERS]
    last = await _last(session, today, reader if held else None)
    first = last.day + DAY if last else await first_digest(session, reader) or today
    if held:
        first = max(first, min(_first_day(calendar, one) for one in held))
    days = (first + n * DAY for n in range((today - first).days))
    return last, tuple(day for day in days if calendar.is_working(day))


async def _last(session: Session, today: date, reader: int | None) -> Before | None:
    row = await last_digest(session, today, reader)
    if row is None:
        return None
    kept = row.facts.get("numbers")
    return Before(row.day, row.at, Numbers(**kept) if kept else None)


def _first_day(calendar: Calendar, holder: Holder) -> date:
    """Of whose digest they can be owed."""
    assert holder.began_at, "of whoever holds a post it is known"
    return calendar.next_opening(holder.began_at).date()
