"""How fast OPD acknowledge instructions, in working hours, and which they have not yet.

A working hour is one of the window: a working day's, between REMIND_AT and QUIET_FROM."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, func, select

from config.calendar import Calendar
from db.due import Due
from db.engine import Session
from db.models import Addressee, Fate, Instruction, Opd, Owed
from db.pulse import inside_window

Row = tuple[datetime, datetime, datetime | None]  # told, due, acknowledged


@dataclass(frozen=True, slots=True)
class Responses:
    """One OPD's. Times are working hours between the arrival of an instruction and the OPD's ✋;
    `waiting_for`: how long the oldest one waits. `late`: acknowledged after the deadline, or
    past it now."""

    opd: str
    asked: int
    acknowledged: int
    late: int
    usual: timedelta | None
    slowest: timedelta | None
    waiting_for: timedelta | None

    @property
    def waiting(self) -> int:
        return self.asked - self.acknowledged


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many OPD have not acknowledged something, and for how long the slowest has not."""

    opd: int
    longest: timedelta


@dataclass(frozen=True, slots=True)
class Unacknowledged:
    """An instruction that waits for an OPD's ✋."""

    id: int
    text: str
    due: Due
    made_at: datetime

    def is_late(self, now: datetime) -> bool:
        return self.due.at < now


async def responses(
    session: Session, calendar: Calendar, now: datetime, since: datetime | None = None
) -> tuple[Responses, ...]:
    """For /rekap: of every OPD that was instructed (since then), by code."""
    query = select(Opd.code, *_times()).select_from(Addressee)
    query = query.join(Opd, Opd.id == Addressee.opd_id).join(Instruction)
    if since:
        query = query.where(Instruction.made_at >= since)
    by_opd: defaultdict[str, list[Row]] = defaultdict(list)
    for code, *times in await session.execute(query.order_by(Opd.code)):
        by_opd[code].append((times[0], times[1], times[2]))
    return tuple(_responses(calendar, code, rows, now) for code, rows in by_opd.items())


async def slowest_first(
    session: Session, calendar: Calendar, now: datetime, since: datetime
) -> tuple[Responses, ...]:
    """Those that are waited for, the longest wait first; then by what is usual with them."""
    none = timedelta(0)
    found = await responses(session, calendar, now, since)
    return tuple(
        sorted(found, key=lambda one: (one.waiting_for or none, one.usual or none), reverse=True)
    )


async def waiting(session: Session, calendar: Calendar, now: datetime) -> Waiting | None:
    """For the digest; None where every OPD has acknowledged everything."""
    oldest = func.min(func.coalesce(Addressee.heard_at, Instruction.made_at))
    query = select(func.count(Addressee.opd_id.distinct()), oldest).join(Instruction)
    query = query.where(Addressee.acknowledged_at.is_(None))
    opd, since = (await session.execute(query)).one()
    return Waiting(opd, inside_window(calendar, since, now)) if opd else None


async def unacknowledged(session: Session, opd_id: int) -> tuple[Unacknowledged, ...]:
    """Of one OPD: the most urgent first."""
    query = select(Instruction).join(Addressee).where(Addressee.opd_id == opd_id)
    query = query.where(Addressee.acknowledged_at.is_(None))
    rows = await session.scalars(query.order_by(Instruction.due_at, Instruction.id))
    return tuple(
        Unacknowledged(row.id, row.text, Due(row.due_at, row.due_zone), row.made_at) for row in rows
    )


async def with_news(
    session: Session, calendar: Calendar, now: datetime, opd_id: int | None = None
) -> set[int]:
    """The OPD (or this one alone) in which an instruction waits whose deadline has reached a stage
    since it was sent, and since the last reminder of an earlier day: every reminder names all."""
    query = select(Addressee.opd_id, Instruction.due_at, Instruction.made_at).join(Instruction)
    query = query.where(Addressee.acknowledged_at.is_(None))
    if opd_id is not None:
        query = query.where(Addressee.opd_id == opd_id)
    rows = list(await session.execute(query))
    last = await _last_reminded(session, {row.opd_id for row in rows}, now.date())
    found = set()
    for opd, due_at, made_at in rows:
        told = max(calendar.local(made_at).date(), last.get(opd, date.min))
        newest = _newest_day(calendar, due_at, now.date())
        if newest and newest > told:
            found.add(opd)
    return found


@lru_cache(maxsize=4096)
def _newest_day(calendar: Calendar, due_at: datetime, today: date) -> date | None:
    """On which day the newest stage of a deadline was to be heard."""
    stages = calendar.stages(due_at, today)
    return stages[-1].day if stages else None


async def _last_reminded(
    session: Session, opd_ids: Collection[int], today: date
) -> dict[int, date]:
    query = select(Owed.opd_id, func.max(Owed.day)).where(Owed.kind == "reminder")
    query = query.where(Owed.opd_id.in_(opd_ids), Owed.day < today)
    query = query.where(Owed.fate.not_in((Fate.FAILED, Fate.OBSOLETE)))
    rows = await session.execute(query.group_by(Owed.opd_id))
    return {opd: day for opd, day in rows if opd and day}


def _times() -> tuple[ColumnElement[Any], ...]:
    told = func.coalesce(Addressee.heard_at, Instruction.made_at)
    return told, Instruction.due_at.expression, Addressee.acknowledged_at.expression


def _responses(calendar: Calendar, code: str, rows: list[Row], now: datetime) -> Responses:
    took = [inside_window(calendar, told, at) for told, _, at in rows if at]
    waits = [inside_window(calendar, told, now) for told, _, at in rows if not at]
    return Responses(
        opd=code,
        asked=len(rows),
        acknowledged=len(took),
        late=sum((at or now) > due for _, due, at in rows),
        usual=timedelta(seconds=median(t.total_seconds() for t in took)) if took else None,
        slowest=max(took, default=None),
        waiting_for=max(waits, default=None),
    )
