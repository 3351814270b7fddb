"""What waits for somebody's decision: obstacles, and later deadlines that were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, select, true

from config.calendar import Calendar
from db.due import Due
from db.engine import Session
from db.extensions import waits
from db.models import COUNTED, Extension, Item, Obstacle, Opd

NAMED = 3  # in a digest


@dataclass(frozen=True, slots=True)
class Decision:
    """What waits for the Sekda: passed on to them, or for more than a working day. `days`:
    working days since it was said. `until`: the date an extension (`extension`: its id) asks
    for; None for an obstacle, which `ref` names."""

    opd: str
    number: int
    days: int
    ref: str = ""
    until: date | None = None
    extension: int = 0

    @property
    def obstacle(self) -> int:
        """7 of K7; 0 for an extension."""
        return int(self.ref[1:] or 0)


Row = tuple[bool, datetime, Decision]  # passed on to the Sekda; since when; what


@dataclass(frozen=True, slots=True)
class Pending:
    """On a card. `obstacles`: number, category and words of those that are open; `asked`: the
    later deadline that waits to be decided."""

    obstacles: tuple[tuple[int, str, str], ...] = ()
    asked: Due | None = None


NOTHING = Pending()


async def decisions(
    session: Session, calendar: Calendar, now: datetime
) -> tuple[tuple[Decision, ...], int]:
    """Of those that are due the first few, and how many there are."""
    rows = await standing(session, now)
    due = [row for row in rows if row[0] or is_old(calendar, row[1], now)]
    return tuple(aged(calendar, row, now) for row in due[:NAMED]), len(due)


async def standing(session: Session, now: datetime, opd_id: int | None = None) -> list[Row]:
    """All that waits, of all OPD or of one: what was passed on first, then what waits longest."""
    rows = [*await _obstacles(session, opd_id), *await _extensions(session, now, opd_id)]
    return sorted(rows, key=lambda row: (not row[0], row[1], row[2].ref))


def aged(calendar: Calendar, row: Row, now: datetime) -> Decision:
    _, at, made = row
    days = calendar.working_days_after(calendar.local(at).date(), calendar.local(now).date())
    return replace(made, days=days)


def is_old(calendar: Calendar, at: datetime, now: datetime) -> bool:
    """Whether more than a working day has gone by: to the minute, from a free day by its end."""
    here = calendar.local(at)
    day = calendar.next_working_day_or_same(here.date())
    began = here if day == here.date() else datetime.combine(day, calendar.opens, calendar.zone)
    next_day = calendar.add_working_days(day, 1)
    return datetime.combine(next_day, began.time(), calendar.zone) <= now


async def pending(session: Session, item_id: int, now: datetime) -> Pending:
    told = select(Obstacle.number, Obstacle.category, Obstacle.text)
    told = told.where(Obstacle.item_id == item_id, Obstacle.closed_at.is_(None))
    rows = await session.execute(told.order_by(Obstacle.number))
    asked = select(Extension.due_at, Extension.due_zone).join(Extension.item)
    asked = asked.where(Item.id == item_id, waits(now))
    later = (await session.execute(asked)).first()
    obstacles = tuple((number, category, text) for number, category, text in rows)
    return Pending(obstacles, Due(*later) if later else None)


async def _obstacles(session: Session, opd_id: int | None) -> Sequence[Row]:
    query = select(Obstacle, Opd.code, Item.number).join(Obstacle.item)
    query = query.join(Opd, Opd.id == Item.opd_id)
    query = query.where(Obstacle.closed_at.is_(None), Item.state.in_(COUNTED), _of(opd_id))
    return [
        (bool(row.forwarded_at), row.at, Decision(code, number, 0, ref=f"K{row.number}"))
        for row, code, number in await session.execute(query)
    ]


async def _extensions(session: Session, now: datetime, opd_id: int | None) -> Sequence[Row]:
    query = select(Extension, Opd.code, Item.number).join(Extension.item)
    query = query.join(Opd, Opd.id == Item.opd_id).where(waits(now), _of(opd_id))
    return [
        (False, row.at, Decision(code, number, 0, until=_day(row, now), extension=row.id))
        for row, code, number in await session.execute(query)
    ]


def _of(opd_id: int | None) -> ColumnElement[bool]:
    return true() if opd_id is None else Item.opd_id == opd_id


def _day(asked: Extension, now: datetime) -> date:
    return asked.due_at.astimezone(now.tzinfo).date()
