"""What is missing or out of order: whom we cannot reach, and which messages came to nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select

from config.calendar import Calendar
from db import hearers, owed
from db.engine import Session
from db.models import Audit, Fate, Opd, Owed, Person, Post, Pulse, Role, Tenure

LOOKED_BACK = timedelta(days=14)  # older messages that came to nothing are history
PATIENCE = timedelta(minutes=30)  # with what is owed and whose turn has come


@dataclass(frozen=True, slots=True)
class Readiness:
    """An OPD is ready when both its group and its secretary can be reached. The rest are codes of
    OPD, by code; `lost`: with the reason why the group cannot be reached (as db.reach notes it)."""

    everyone: int
    ready: int
    no_secretary: tuple[str, ...]
    deaf_secretary: tuple[str, ...]
    no_group: tuple[str, ...]
    lost: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Offices:
    """`deaf`: the posts but secretaries, with the OPD's code or "", whose holder cannot be
    written to."""

    coordinators: int
    has_sekda: bool
    deaf: tuple[tuple[Role, str], ...]


@dataclass(frozen=True, slots=True)
class Lot:
    """Messages of one kind that fared alike. `opd`: the codes of the OPD concerned, if any;
    `why`: what Telegram said."""

    kind: str
    count: int
    opd: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Mail:
    """Of the last days: `unknown` may have arrived and is not sent again (what was passed on to
    others of the OPD only while its fate is not certain there either), `failed` is given up,
    `lapsed` too, but the same message of the next day says what still matters; `waiting` has
    waited longer than it should."""

    unknown: tuple[Lot, ...]
    failed: tuple[Lot, ...]
    lapsed: tuple[Lot, ...]
    waiting: tuple[Lot, ...]


async def readiness(session: Session) -> Readiness:
    query = select(Opd, _secretary(), _secretary(Person.trouble == "")).order_by(Opd.code)
    rows = (await session.execute(query)).all()
    return Readiness(
        everyone=len(rows),
        ready=sum(opd.is_reachable and hears for opd, _, hears in rows),
        no_secretary=tuple(opd.code for opd, sits, _ in rows if not sits),
        deaf_secretary=tuple(opd.code for opd, sits, hears in rows if sits and not hears),
        no_group=tuple(opd.code for opd, *_ in rows if opd.chat_id is None),
        lost=tuple((opd.code, opd.chat_trouble) for opd, *_ in rows if _is_lost(opd)),
    )


async def offices(session: Session) -> Offices:
    query = (
        select(Post.role, Opd.code, Person.trouble)
        .join(Tenure, Tenure.post_id == Post.id)
        .join(Person, Person.user_id == Tenure.user_id)
        .outerjoin(Opd, Opd.id == Post.opd_id)
        .where(Tenure.ended_at.is_(None))
        .order_by(Opd.code, Post.role)
    )
    sitting = (await session.execute(query)).all()
    return Offices(
        coordinators=sum(role is Role.COORDINATOR for role, *_ in sitting),
        has_sekda=any(role is Role.SEKDA for role, *_ in sitting),
        deaf=tuple(
            (role, code or "") for role, code, why in sitting if why and role is not Role.SECRETARY
        ),
    )


async def mail(session: Session, calendar: Calendar, now: datetime) -> Mail:
    recent = Owed.made_at > now - LOOKED_BACK
    given_up = and_(recent, Owed.not_before.is_(None))
    failed, unknown = (and_(given_up, Owed.fate == fate) for fate in (Fate.FAILED, Fate.UNKNOWN))
    known = await hearers.known_elsewhere(
        session, await session.scalars(select(Owed).where(unknown))
    )
    return Mail(
        unknown=await _lots(session, and_(unknown, Owed.id.not_in(known))),
        failed=await _lots(session, and_(failed, Owed.day.is_(None))),
        lapsed=await _lots(session, and_(failed, Owed.day.is_not(None))),
        waiting=await _lots(session, _waits(calendar, now)),
    )


async def last_beat(session: Session) -> datetime | None:
    """When receiving was last seen alive."""
    return await session.scalar(select(Pulse.at))


async def first_entry(session: Session) -> datetime | None:
    """When the audit log, and so this installation, began."""
    return await session.scalar(select(Audit.at).order_by(Audit.id).limit(1))


def _is_lost(opd: Opd) -> bool:
    return opd.chat_id is not None and not opd.is_reachable


def _secretary(*who: ColumnElement[bool]) -> ColumnElement[bool]:
    sitting = select(Tenure.id).join(Post, Post.id == Tenure.post_id)
    sitting = sitting.join(Person, Person.user_id == Tenure.user_id)
    sitting = sitting.where(Post.opd_id == Opd.id, Post.role == Role.SECRETARY, *who)
    return exists(sitting.where(Tenure.ended_at.is_(None)).correlate(Opd))


def _waits(calendar: Calendar, now: datetime) -> ColumnElement[bool]:
    """Its turn came long ago, whether it was tried or not. What is automatic, or a repeat, waits
    for the window to open."""
    long_ago = now - PATIENCE
    tried = and_(Owed.tries > 0, Owed.made_at <= long_ago, Owed.not_before.is_not(None))
    turn_passed = or_(Owed.not_before <= long_ago, tried)
    is_long_open = literal(calendar.is_open(now) and calendar.is_open(now - PATIENCE))
    return and_(turn_passed, Owed.fate.in_((Fate.OWED, Fate.UNKNOWN)),
                or_(owed.leaves_at_night(), Owed.day < now.date(), is_long_open))  # fmt: skip


async def _lots(session: Session, which: ColumnElement[bool]) -> tuple[Lot, ...]:
    """By kind and reason, the most first."""
    count = func.count(Owed.id)
    query = select(Owed.kind, Owed.error, Opd.code, count).outerjoin(Opd, Opd.id == Owed.opd_id)
    query = query.where(which).group_by(Owed.kind, Owed.error, Opd.code).order_by(Opd.code)
    counts: defaultdict[tuple[str, str], int] = defaultdict(int)
    codes: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, why, code, found in await session.execute(query):
        counts[kind, why] += found
        codes[kind, why] += [code] if code else []
    most_first = sorted(counts, key=lambda lot: -counts[lot])
    return tuple(Lot(k, counts[k, why], tuple(codes[k, why]), why) for k, why in most_first)
