"""Every OPD and its state, page by page, counted by the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select

from db.engine import Session
from db.models import CONFIRMED, COUNTED, OPEN, Item, Opd, Person, Post, Role, State, Tenure

PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the items that count: those not relevant, and those dropped, do not."""

    total: int
    confirmed: int
    verified: int
    late: int


@dataclass(frozen=True, slots=True)
class OpdState:
    code: str
    name: str
    counts: Counts
    has_group: bool
    is_reachable: bool
    has_secretary: bool


@dataclass(frozen=True, slots=True)
class CityPage:
    """One page of the OPD, by code; `counts` are the whole city's."""

    opd: tuple[OpdState, ...]
    everyone: int
    page: int
    pages: int
    counts: Counts


async def page(session: Session, number: int, now: datetime) -> CityPage:
    """Page `number`, from 1; the last one where there are fewer."""
    everyone = await session.scalar(select(func.count(Opd.id))) or 0
    pages = max(1, -(-everyone // PER_PAGE))
    number = min(max(1, number), pages)
    total = (await session.execute(select(*_counts(now)).where(Item.state.in_(COUNTED)))).one()
    states = await _states(session, number, now)
    return CityPage(states, everyone, number, pages, _counted(total))


async def unheard(session: Session, codes: Collection[str]) -> tuple[str, ...]:
    """Which of these OPD nobody can be told anything: no group, no secretary, no operator."""
    listening = (
        select(Post.opd_id)
        .join(Tenure, Tenure.post_id == Post.id)
        .join(Person, Person.user_id == Tenure.user_id)
        .where(Tenure.ended_at.is_(None), Person.trouble == "")
        .where(Post.role.in_((Role.SECRETARY, Role.OPERATOR)), Post.opd_id == Opd.id)
    )
    has_group = and_(Opd.chat_id.is_not(None), Opd.chat_trouble == "")
    query = select(Opd.code).where(~has_group, ~exists(listening.correlate(Opd)))
    return tuple(c for c in await session.scalars(query.order_by(Opd.code)) if c in codes)


async def _states(session: Session, number: int, now: datetime) -> tuple[OpdState, ...]:
    shown = select(Opd.id).order_by(Opd.code).offset((number - 1) * PER_PAGE).limit(PER_PAGE)
    query = (
        select(Opd, _has_secretary(), *_counts(now))
        .outerjoin(Item, and_(Item.opd_id == Opd.id, Item.state.in_(COUNTED)))
        .where(Opd.id.in_(shown))
        .group_by(Opd.id)
        .order_by(Opd.code)
    )
    rows = (await session.execute(query)).all()
    return tuple(_state(opd, has_secretary, counts) for opd, has_secretary, *counts in rows)


def _counts(now: datetime) -> tuple[ColumnElement[int], ...]:
    late = and_(Item.state.in_(OPEN), Item.due_at < now)
    return (
        func.count(Item.id),
        func.count(Item.id).filter(Item.state.in_(CONFIRMED)),
        func.count(Item.id).filter(Item.state == State.VERIFIED),
        func.count(Item.id).filter(late),
    )


def _has_secretary() -> ColumnElement[bool]:
    sitting = select(Tenure.id).join(Post, Post.id == Tenure.post_id)
    sitting = sitting.where(Post.opd_id == Opd.id, Post.role == Role.SECRETARY)
    return exists(sitting.where(Tenure.ended_at.is_(None)).correlate(Opd))


def _state(opd: Opd, has_secretary: bool, counts: Sequence[int]) -> OpdState:
    return OpdState(
        code=opd.code,
        name=opd.name,
        counts=_counted(counts),
        has_group=opd.chat_id is not None,
        is_reachable=opd.is_reachable,
        has_secretary=has_secretary,
    )


def _counted(counts: Sequence[int]) -> Counts:
    total, confirmed, verified, late = counts
    return Counts(total, confirmed, verified, late)
