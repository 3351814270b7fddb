"""What the tour, the practice and the clock ask the bot's own database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from db import chats, people
from db.engine import Session
from db.models import (
    Addressee,
    Event,
    Evidence,
    Item,
    Obstacle,
    ObstacleEvent,
    Opd,
    Owed,
    Role,
)
from db.owed import ARRIVED, PENDING


@dataclass(frozen=True, slots=True)
class Deed:
    """`verb` as in db.checklist; `number` is the item's in its OPD's list; `by_button`: pressed."""

    id: int
    verb: str
    number: int
    by_button: bool


async def deeds(session: Session, code: str, after: int = 0) -> list[Deed]:
    """What happened to the items of this OPD, in order; `after`: since the event of this id."""
    query = select(Event.id, Event.verb, Item.number, Event.source)
    query = query.join(Item, Event.item_id == Item.id).join(Opd, Item.opd_id == Opd.id)
    query = query.where(Opd.code == code, Event.id > after).order_by(Event.id)
    rows = (await session.execute(query)).all()
    return [
        Deed(id, verb, number, source.startswith("press:")) for id, verb, number, source in rows
    ]


async def with_evidence(session: Session, code: str) -> set[int]:
    """The items of this OPD that have evidence, by number."""
    query = select(Item.number).join(Evidence, Evidence.item_id == Item.id)
    query = query.join(Opd, Item.opd_id == Opd.id).where(Opd.code == code)
    return set(await session.scalars(query))


async def obstacles(session: Session, code: str) -> set[str]:
    """What was done about obstacles of this OPD: report, forward, answer, close."""
    query = select(ObstacleEvent.verb).select_from(Obstacle).outerjoin(ObstacleEvent)
    query = query.join(Item, Obstacle.item_id == Item.id).join(Opd, Item.opd_id == Opd.id)
    found = set(await session.scalars(query.where(Opd.code == code)))
    return {verb for verb in found if verb} | ({"report"} if found else set())


async def instructions(session: Session, code: str) -> set[str]:
    """What was done about instructions to this OPD: sent, acknowledged."""
    query = select(Addressee.acknowledged_at).join(Opd, Addressee.opd_id == Opd.id)
    found = list(await session.scalars(query.where(Opd.code == code)))
    acknowledged = {"acknowledged"} if any(found) else set()
    return ({"sent"} if found else set()) | acknowledged


async def arrived(session: Session, kind: str, user_id: int | None = None) -> int:
    """How many messages of this kind have reached somebody, or this person."""
    query = select(func.count()).select_from(Owed).where(Owed.kind == kind, Owed.fate.in_(ARRIVED))
    query = query if user_id is None else query.where(Owed.user_id == user_id)
    return int(await session.scalar(query) or 0)


async def is_due(session: Session, now: datetime) -> bool:
    """Whether a message waits whose time has come."""
    query = select(Owed.id).where(Owed.fate.in_(PENDING), Owed.not_before <= now)
    query = query.where(or_(Owed.day.is_(None), Owed.day <= now.date()))
    return await session.scalar(query.limit(1)) is not None


async def is_secretary(session: Session, user_id: int) -> bool:
    held = await people.tenures_of(session, user_id)
    return any(one.role is Role.SECRETARY for one in held)


async def is_linked(session: Session, code: str) -> bool:
    opd = await chats.by_code(session, code)
    return opd is not None and opd.is_reachable
