"""Where the whole city stands: what the Sekda hears in the afternoon, or asks for now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Subquery, and_, distinct, func, select

from config.calendar import Calendar
from db.engine import Session
from db.models import CONFIRMED, COUNTED, OPEN, Item, Opd, Person, State, Tenure
from db.pulse import Span, outages_since
from db.reports import responses
from db.reports.before import Before, Numbers, before
from db.reports.decisions import Decision, decisions
from db.reports.escalations import AtTop, at_top
from db.reports.responses import Waiting

ATTENTION, BUSIEST, UNREACHED = 5, 3, 2  # how many are named


@dataclass(frozen=True, slots=True)
class LateOpd:
    opd: str
    late: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """OPD by their codes. Each tuple holds the first few; the number beside it counts them all.
    `silent`: the OPD that owe a ✋. `missed`: working days whose digest its reader did not
    get, since the last one that they did."""

    at: datetime
    numbers: Numbers
    before: Before | None = None
    decisions: tuple[Decision, ...] = ()
    waiting: int = 0
    attention: tuple[LateOpd, ...] = ()
    late_opd: int = 0
    busiest: tuple[tuple[str, int], ...] = ()
    today: int = 0
    unproven: int = 0
    silent: Waiting | None = None
    unreached: tuple[str, ...] = ()
    unreached_groups: int = 0
    unreached_people: int = 0
    outages: tuple[Span, ...] = ()
    missed: tuple[date, ...] = ()
    raised: AtTop = field(default_factory=AtTop)


async def digest(session: Session, calendar: Calendar, now: datetime, reader: int) -> Digest:
    """Everything by aggregates. The same at the same moment, however this person asks."""
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    last, missed = await before(session, calendar, now.date(), reader)
    numbers, unproven = await _numbers(session, now)
    decided, waiting = await decisions(session, calendar, now)
    attention, late_opd = await _attention(session, now)
    busiest, today = await _busiest(session, midnight)
    unreached, groups = await _unreached(session)
    return Digest(
        at=now,
        numbers=numbers,
        before=last,
        decisions=decided,
        waiting=waiting,
        attention=attention,
        late_opd=late_opd,
        busiest=busiest,
        today=today,
        unproven=unproven,
        silent=await responses.waiting(session, calendar, now),
        unreached=unreached,
        unreached_groups=groups,
        unreached_people=await _unreached_people(session),
        outages=await outages_since(session, last.sent_at if last else midnight),
        missed=missed,
        raised=await at_top(session, calendar, now),
    )


async def _numbers(session: Session, now: datetime) -> tuple[Numbers, int]:
    """And how many were confirmed without the evidence that is asked for."""
    unproven = and_(_is(CONFIRMED), Item.evidence != "", Item.has_evidence.is_(False))
    counts = (
        func.count().filter(which)
        for which in (
            _is(COUNTED),
            _is(CONFIRMED),
            Item.state == State.VERIFIED,
            _late(now),
            unproven,
        )
    )
    *numbers, bare = (await session.execute(select(*counts).select_from(Item))).one()
    return Numbers(*numbers), bare


async def _attention(session: Session, now: datetime) -> tuple[tuple[LateOpd, ...], int]:
    of = _by_opd(_late(now))
    query = select(Opd.code, of.c.many, of.c.oldest, func.count().over())
    query = query.join(of, of.c.opd_id == Opd.id)
    query = query.order_by(of.c.weight.desc(), of.c.oldest, Opd.code).limit(ATTENTION)
    rows = list(await session.execute(query))
    late = (LateOpd(code, many, since.astimezone(now.tzinfo)) for code, many, since, _ in rows)
    return tuple(late), rows[0][3] if rows else 0


async def _busiest(session: Session, midnight: datetime) -> tuple[tuple[tuple[str, int], ...], int]:
    """By when they were sent. What was taken back or returned since is none."""
    of = _by_opd(and_(_is(CONFIRMED), Item.submitted_at >= midnight))
    query = select(Opd.code, of.c.many, func.sum(of.c.many).over())
    query = query.join(of, of.c.opd_id == Opd.id).order_by(of.c.many.desc(), Opd.code)
    rows = list(await session.execute(query.limit(BUSIEST)))
    return tuple((code, many) for code, many, _ in rows), rows[0][2] if rows else 0


def _by_opd(which: ColumnElement[bool]) -> Subquery:
    """Counted before their names are looked up."""
    query = select(
        Item.opd_id,
        func.count().label("many"),
        func.sum(Item.weight).label("weight"),
        func.min(Item.due_at).label("oldest"),
    )
    return query.where(which).group_by(Item.opd_id).subquery()


async def _unreached(session: Session) -> tuple[tuple[str, ...], int]:
    query = select(Opd.code, func.count().over()).where(Opd.chat_trouble != "")
    rows = list(await session.execute(query.order_by(Opd.code).limit(UNREACHED)))
    return tuple(code for code, _ in rows), rows[0][1] if rows else 0


async def _unreached_people(session: Session) -> int:
    query = select(func.count(distinct(Person.user_id))).where(Person.trouble != "")
    query = query.join(Tenure, Tenure.user_id == Person.user_id).where(Tenure.ended_at.is_(None))
    return await session.scalar(query) or 0


def _is(states: frozenset[State]) -> ColumnElement[bool]:
    return Item.state.in_(states)


def _late(now: datetime) -> ColumnElement[bool]:
    return and_(_is(OPEN), Item.due_at < now)
