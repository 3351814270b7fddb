"""Which items are late for so long that somebody above their OPD must hear of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, true

from config.calendar import Calendar
from db.engine import Session
from db.models import OPEN, Escalation, Event, Item, Opd, Person, Post, Role, State, Tenure
from db.reports.pauses import Pause, pauses

HEAD, SEKDA = "head", "sekda"
NAMED = 3  # in a digest
DAY = timedelta(days=1)
Found = Row[*tuple[Any, ...]]
Lifted = Mapping[tuple[int, datetime], Found]  # by item id and since when it is late


@dataclass(frozen=True, slots=True)
class Late:
    """An item past its deadline. `days`: working days since its deadline or its return, without
    those on which an obstacle was open or a request for a later deadline waited."""

    item_id: int
    opd_id: int
    code: str
    number: int
    title: str
    since: datetime
    days: int
    rests: bool

    @property
    def key(self) -> tuple[int, datetime]:
        return self.item_id, self.since


@dataclass(frozen=True, slots=True)
class Raised:
    """What stands on a level. `told_at`: when somebody there got it."""

    late: Late
    at: datetime
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Head:
    """Who hears for an OPD one level up."""

    post_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class Above:
    """`reachable`: by OPD. `skipped`: OPD whose head is the Sekda, who hears once, as Sekda."""

    reachable: Mapping[int, Head]
    skipped: frozenset[int]

    def heads_of(self, opd_ids: Iterable[int]) -> list[tuple[int, Head]]:
        return [(opd, self.reachable[opd]) for opd in sorted(opd_ids) if opd in self.reachable]


async def late(
    session: Session, calendar: Calendar, now: datetime, opd_id: int | None = None
) -> list[Late]:
    """By OPD and number."""
    returned = select(func.max(Event.at)).where(Event.item_id == Item.id, Event.verb == "return")
    query = select(
        Item.id, Item.opd_id, Opd.code, Item.number, Item.title, Item.due_at, Item.state,
        returned.scalar_subquery().label("returned_at"),
    )  # fmt: skip
    query = query.join(Opd, Opd.id == Item.opd_id)
    query = query.where(Item.state.in_(OPEN), Item.due_at < now, _of(opd_id))
    rows = (await session.execute(query.order_by(Opd.code, Item.number))).all()
    rested = await pauses(session, now)
    return [_late(calendar, now, row, rested.get(row.id, ())) for row in rows]


async def raised(
    session: Session, calendar: Calendar, now: datetime, level: str, opd_id: int | None = None
) -> list[Raised]:
    """What stands on this level and is late still; what rests does not stand there meanwhile."""
    rows = await _lifted(session, level, opd_id)
    return _standing(rows, await late(session, calendar, now, opd_id)) if rows else []


async def standing(session: Session, level: str, found: Sequence[Late]) -> list[Raised]:
    """As `raised`, of what was found to be late."""
    return _standing(await _lifted(session, level, None), found)


async def _lifted(session: Session, level: str, opd_id: int | None) -> Lifted:
    query = select(Escalation.item_id, Escalation.since, Escalation.at, Escalation.told_at)
    query = query.join(Item, Item.id == Escalation.item_id)
    query = query.where(Escalation.level == level, Item.state.in_(OPEN), _of(opd_id))
    return {(row.item_id, row.since): row for row in await session.execute(query)}


def _standing(rows: Lifted, found: Iterable[Late]) -> list[Raised]:
    stand = ((one, rows[one.key]) for one in found if one.key in rows and not one.rests)
    return [Raised(one, row.at, row.told_at) for one, row in stand]


async def above(session: Session) -> Above:
    """Who is the head of which OPD now, and can be reached."""
    query = select(Post.opd_id, Post.id, Tenure.user_id, Person.trouble)
    query = query.join(Tenure, Tenure.post_id == Post.id).where(Tenure.ended_at.is_(None))
    query = query.join(Person, Person.user_id == Tenure.user_id)
    heads = (await session.execute(query.where(Post.role == Role.HEAD))).all()
    sekda = {user for _, _, user, _ in await session.execute(query.where(Post.role == Role.SEKDA))}
    reachable = {opd: Head(post, user) for opd, post, user, deaf in heads if opd and not deaf}
    skipped = frozenset(opd for opd, _, user, _ in heads if opd and user in sekda)
    return Above(reachable, skipped)


@dataclass(frozen=True, slots=True)
class AtTop:
    """What stands before the Sekda: the newest by name, `new` of them, and `before` from earlier
    days. An item is new on the day on which the Sekda is first told."""

    named: tuple[Late, ...] = ()
    new: int = 0
    before: int = 0


async def at_top(session: Session, calendar: Calendar, now: datetime) -> AtTop:
    found = await raised(session, calendar, now, SEKDA)
    today = calendar.local(now).date()
    new = [
        one.late
        for one in found
        if one.told_at is None or calendar.local(one.told_at).date() == today
    ]
    new.sort(key=lambda one: -one.days)
    return AtTop(tuple(new), len(new), len(found) - len(new))


async def for_nobody(
    session: Session, calendar: Calendar, now: datetime, opd_id: int
) -> tuple[Late, ...]:
    """What went up to a head who cannot be told: the OPD's own reminder says it."""
    waits = select(Escalation.item_id).join(Item, Item.id == Escalation.item_id)
    waits = waits.where(Item.opd_id == opd_id, Escalation.level == HEAD)
    if await session.scalar(waits.where(Escalation.told_at.is_(None)).limit(1)) is None:
        return ()
    if opd_id in (await above(session)).reachable:
        return ()
    found = await raised(session, calendar, now, HEAD, opd_id)
    return tuple(one.late for one in found if one.told_at is None)


async def levels_of(session: Session, item_id: int) -> tuple[tuple[str, datetime], ...]:
    """The levels on which an item stands, as its card shows them: those of its last start."""
    newest = select(func.max(Escalation.since)).where(Escalation.item_id == item_id)
    query = select(Escalation.level, Escalation.at).where(Escalation.item_id == item_id)
    query = query.where(Escalation.since == newest.scalar_subquery()).order_by(Escalation.at)
    return tuple((level, at) for level, at in await session.execute(query))


def _of(opd_id: int | None) -> ColumnElement[bool]:
    return true() if opd_id is None else Item.opd_id == opd_id


def _late(calendar: Calendar, now: datetime, row: Found, rested: Sequence[Pause]) -> Late:
    is_returned = row.state is State.RETURNED and row.returned_at
    since = max(row.due_at, row.returned_at) if is_returned else row.due_at
    days = calendar.late_by(since, now) - _rested(calendar, since, now, rested)
    rests = any(pause.ended_at is None for pause in rested)
    return Late(row.id, row.opd_id, row.code, row.number, row.title, since, days, rests)


def _rested(calendar: Calendar, since: datetime, now: datetime, rested: Sequence[Pause]) -> int:
    """Working days behind `since` that do not count: from the day on which a pause began, up to
    the day before it ended."""
    today, begun = calendar.local(now).date(), calendar.due_day(since)
    days: set[date] = set()
    for pause in rested:
        ended = calendar.local(pause.ended_at).date() if pause.ended_at else today + DAY
        day, last = max(calendar.local(pause.began_at).date(), begun + DAY), min(ended - DAY, today)
        while day <= last:
            days.add(day)
            day += DAY
    return sum(calendar.is_working(day) for day in days)
