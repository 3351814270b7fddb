"""What is kept about one person, and its reduction once they hold no post any more (Law 27/2022 on
personal data). The audit log names nobody, so it stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, func, inspect, or_, select

from db import audit, people
from db.act import Act
from db.engine import Session
from db.models import (
    Addressee,
    Audit,
    Base,
    Draft,
    Event,
    Evidence,
    Extension,
    Invitation,
    Living,
    Obstacle,
    ObstacleEvent,
    Owed,
    Person,
    Tenure,
)

BY_TENURE = {  # whose rows name a tenure, and in which column
    "event": (Event, Event.tenure_id),
    "evidence": (Evidence, Evidence.tenure_id),
    "obstacle": (Obstacle, Obstacle.tenure_id),
    "obstacle_event": (ObstacleEvent, ObstacleEvent.tenure_id),
    "extension": (Extension, Extension.tenure_id),
    "acknowledged": (Addressee, Addressee.acknowledged_by),
}


class HoldsPost(Exception):
    """Who holds a post is named wherever they act."""


class NobodyKnown(Exception):
    """No such person is kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept about one person, in numbers. `posts`: the newest last."""

    user_id: int
    name: str
    posts: tuple[people.Holder, ...]
    acts: int
    drafts: int


async def kept(session: Session, user_id: int) -> Kept:
    """For themselves; without a name where nothing is kept."""
    person = await session.get(Person, user_id)
    ids = select(Tenure.id).where(Tenure.user_id == user_id)
    acts = 0
    for model, column in BY_TENURE.values():
        query = select(func.count()).select_from(model).where(column.in_(ids))
        acts += await session.scalar(query) or 0
    drafts = select(func.count()).select_from(Draft).where(Draft.user_id == user_id)
    posts = await people.all_tenures_of(session, user_id)
    name = person.name if person else ""
    return Kept(user_id, name, posts, acts, await session.scalar(drafts) or 0)


async def export(session: Session, user_id: int) -> dict[str, Any]:
    """All of it as plain JSON: rows by table. Raises NobodyKnown."""
    if await session.get(Person, user_id) is None:
        raise NobodyKnown
    ids = select(Tenure.id).where(Tenure.user_id == user_id)
    mine = or_(Audit.user_id == user_id, Audit.tenure_id.in_(ids))
    queries: dict[str, Select[Any]] = {
        "person": select(Person).where(Person.user_id == user_id),
        "tenure": select(Tenure).where(Tenure.user_id == user_id).order_by(Tenure.id),
        "draft": select(Draft).where(Draft.user_id == user_id).order_by(Draft.id),
        "invitation": select(Invitation).where(Invitation.used_by == user_id),
        "owed": select(Owed).where(Owed.user_id == user_id).order_by(Owed.id),
        "living": select(Living).where(Living.chat_id == user_id).order_by(Living.id),
        "audit": select(Audit).where(mine).order_by(Audit.id),
    }
    queries |= {name: select(of).where(by.in_(ids)) for name, (of, by) in BY_TENURE.items()}
    return {
        name: [_plain(row) for row in await session.scalars(query)]
        for name, query in queries.items()
    }


async def reduce(session: Session, act: Act, user_id: int, instead: str) -> None:
    """`instead` of the name: the post and when it was left, which every card shows from now on.
    Raises NobodyKnown, HoldsPost."""
    person = await session.get(Person, user_id)
    if person is None:
        raise NobodyKnown
    if await people.tenures_of(session, user_id):
        raise HoldsPost
    person.name = instead
    await session.execute(delete(Draft).where(Draft.user_id == user_id))
    await session.execute(delete(Living).where(Living.chat_id == user_id))
    await audit.record(session, act, "reduced", f"user:{user_id}", after={"name": "reduced"})


def _plain(row: Base) -> Mapping[str, Any]:
    """A row's columns; moments and days as ISO 8601; no hash of a link, which is a secret."""
    columns = (column.key for column in inspect(type(row)).columns)
    facts = {key: getattr(row, key) for key in columns if key != "token_hash"}
    return {
        key: value.isoformat() if isinstance(value, datetime | date) else value
        for key, value in facts.items()
    }
