"""An obstacle with all that was said about it, for whoever must act on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from db import chats, people
from db.chats import OpdFacts
from db.engine import Session
from db.models import Item, Obstacle, ObstacleEvent
from db.obstacles import NoSuchObstacle
from db.people import Holder
from db.reports.items import ItemFacts, facts_of


@dataclass(frozen=True, slots=True)
class Step:
    """What was done about it, and said: `verb` as in db.obstacles."""

    verb: str
    at: datetime
    by: Holder | None
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class ObstacleFacts:
    """`steps`: oldest first."""

    number: int
    opd: OpdFacts
    item: ItemFacts
    category: str
    text: str
    at: datetime
    by: Holder | None
    forwarded_at: datetime | None
    closed_at: datetime | None
    steps: tuple[Step, ...]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def step(self, verb: str, source: str = "") -> Step | None:
        """The newest such step, or that of one message."""
        found = [s for s in self.steps if s.verb == verb and source in {"", s.source}]
        return found[-1] if found else None


async def obstacle(session: Session, number: int) -> ObstacleFacts:
    query = select(Obstacle).where(Obstacle.number == number).options(joinedload(Obstacle.item))
    row = await session.scalar(query)
    if row is None:
        raise NoSuchObstacle(number)
    return await _facts(session, row, row.item)


async def _facts(session: Session, row: Obstacle, item: Item) -> ObstacleFacts:
    events = select(ObstacleEvent).where(ObstacleEvent.obstacle_id == row.id)
    happened = list(await session.scalars(events.order_by(ObstacleEvent.id)))
    known = {e.tenure_id for e in happened} | {row.tenure_id}
    by = {t: await people.holder(session, t) if t else None for t in known}
    return ObstacleFacts(
        number=row.number,
        opd=await chats.by_id(session, item.opd_id),
        item=facts_of(item),
        category=row.category,
        text=row.text,
        at=row.at,
        by=by[row.tenure_id],
        forwarded_at=row.forwarded_at,
        closed_at=row.closed_at,
        steps=tuple(Step(e.verb, e.at, by[e.tenure_id], e.text, e.source) for e in happened),
    )
