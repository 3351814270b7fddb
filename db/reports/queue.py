"""What waits to be verified: of the whole city or of one OPD, by OPD and number."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from db import chats
from db.engine import Session
from db.models import Event, Item, Opd, State
from db.reports import cards
from db.reports.cards import Card

Place = tuple[str, int]  # an OPD's code and a number


@dataclass(frozen=True, slots=True)
class Queue:
    """`unproven`: confirmed without the evidence that is asked for. `card`: whose turn it is, None
    where nothing waits; `beside`: how many of its OPD wait with it, all those that the event
    `until` and earlier ones confirmed."""

    waiting: int
    unproven: int
    card: Card | None = None
    beside: int = 0
    until: int = 0


async def queue(session: Session, opd_code: str = "", after: Place = ("", 0)) -> Queue:
    """The next behind `after`; behind the last one, the first again."""
    which = and_(Item.state == State.SUBMITTED, Opd.code == opd_code if opd_code else true())
    bare = and_(Item.evidence != "", Item.has_evidence.is_(False))
    query = select(func.count(Item.id), func.count(Item.id).filter(bare)).join(Item.opd)
    waiting, unproven = (await session.execute(query.where(which))).one()
    place = await _first(session, and_(which, _behind(after))) or await _first(session, which)
    if place is None:
        return Queue(waiting, unproven)
    code, number = place
    opd = await chats.by_code(session, code)
    assert opd
    beside, until = await _beside(session, opd.id)
    card = await cards.card(session, opd, number)
    return Queue(waiting, unproven, card, beside, until)


async def numbers(session: Session, opd_id: int, until: int) -> tuple[int, ...]:
    """The items of an OPD that wait, and were confirmed by the event `until` or an earlier one."""
    last = select(Event.item_id).where(Event.verb == "submit").group_by(Event.item_id)
    last = last.having(func.max(Event.id) <= until)
    query = select(Item.number).where(Item.opd_id == opd_id, Item.state == State.SUBMITTED)
    return tuple(await session.scalars(query.where(Item.id.in_(last)).order_by(Item.number)))


async def _first(session: Session, which: ColumnElement[bool]) -> Place | None:
    query = select(Opd.code, Item.number).join(Opd, Opd.id == Item.opd_id).where(which)
    row = (await session.execute(query.order_by(Opd.code, Item.number).limit(1))).one_or_none()
    return (row[0], row[1]) if row else None


def _behind(place: Place) -> ColumnElement[bool]:
    code, number = place
    return or_(Opd.code > code, and_(Opd.code == code, Item.number > number))


async def _beside(session: Session, opd_id: int) -> tuple[int, int]:
    query = select(func.count(Item.id.distinct()), func.max(Event.id))
    query = query.join(Event, and_(Event.item_id == Item.id, Event.verb == "submit"))
    query = query.where(Item.opd_id == opd_id, Item.state == State.SUBMITTED)
    many, until = (await session.execute(query)).one()
    return many, until or 0
