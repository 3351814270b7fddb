"""What keeps an OPD from finishing an item: told, answered, passed on, closed. Each once."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from db import audit, living
from db.act import Act
from db.engine import Session
from db.models import Item, Obstacle, ObstacleEvent
from db.refusal import Refusal

REPORT, ADD, FORWARD, ANSWER, CLOSE = "obstacle", "say_more", "forward", "answer", "close"


class NoSuchObstacle(Refusal):
    def __init__(self, obstacle: int) -> None:
        self.obstacle = obstacle


class ObstacleClosed(Refusal):
    """It is over: who has news of it begins another."""

    def __init__(self, obstacle: int) -> None:
        self.obstacle = obstacle


async def told_by(session: Session, source: str) -> int | None:
    """The obstacle of which this very message told, first or once more."""
    began = select(Obstacle.number).where(Obstacle.source == source)
    more = select(Obstacle.number).join(ObstacleEvent, ObstacleEvent.obstacle_id == Obstacle.id)
    more = more.where(ObstacleEvent.verb == ADD, ObstacleEvent.source == source)
    return await session.scalar(began) or await session.scalar(more)


async def open_on(session: Session, item_id: int, category: str = "") -> int | None:
    """The newest open obstacle of an item, of that category if one is named."""
    query = select(Obstacle.number).where(Obstacle.item_id == item_id, Obstacle.closed_at.is_(None))
    if category:
        query = query.where(Obstacle.category == category)
    return await session.scalar(query.order_by(Obstacle.number.desc()).limit(1))


async def open_of(session: Session, opd_id: int, numbers: Collection[int]) -> list[int]:
    """Those of these items of an OPD."""
    query = select(Obstacle.number).join(Obstacle.item).where(Obstacle.closed_at.is_(None))
    query = query.where(Item.opd_id == opd_id, Item.number.in_(numbers))
    return list(await session.scalars(query.order_by(Obstacle.number)))


async def report(session: Session, act: Act, item: Item, category: str, text: str) -> int:
    """Its number, the city's next: writers come one after the other, and no row is ever removed."""
    last = await session.scalar(select(func.max(Obstacle.number)))
    made = Obstacle(
        number=(last or 0) + 1,
        item_id=item.id,
        category=category,
        text=text,
        at=act.at,
        tenure_id=act.tenure_id,
        source=act.source,
    )
    session.add(made)
    after = {"item": item.id, "category": category}
    await audit.record(session, act, REPORT, f"K{made.number}", after=after)
    await living.look_again_for(session, [item.id], act.at)
    return made.number


async def say_more(session: Session, act: Act, number: int, text: str) -> None:
    """The OPD adds words."""
    await _note(session, await _open(session, number), ADD, act, text)


async def answer(session: Session, act: Act, number: int, text: str) -> None:
    """It stays open; a second arrival changes nothing, even if it was closed since."""
    if not await done_by(session, act, number, ANSWER):
        await _note(session, await _open(session, number), ANSWER, act, text)


async def forward(session: Session, act: Act, number: int) -> bool:
    """To the Sekda, once. False where somebody else did before."""
    if await done_by(session, act, number, FORWARD):
        return True
    obstacle = await _open(session, number)
    if obstacle.forwarded_at:
        return False
    obstacle.forwarded_at = act.at
    await _note(session, obstacle, FORWARD, act)
    return True


async def close(session: Session, act: Act, number: int, text: str = "") -> bool:
    """For good: a later obstacle gets a number of its own. False where it was closed before."""
    if await done_by(session, act, number, CLOSE):
        return True
    obstacle = await _found(session, number)
    if not obstacle.is_open:
        return False
    obstacle.closed_at = act.at
    await _note(session, obstacle, CLOSE, act, text)
    return True


async def done_by(session: Session, act: Act, number: int, verb: str) -> bool:
    """Whether this very message or press did this to it before."""
    obstacle = await _found(session, number)
    query = select(ObstacleEvent.id).where(
        ObstacleEvent.obstacle_id == obstacle.id,
        ObstacleEvent.verb == verb,
        ObstacleEvent.source == act.source,
    )
    return await session.scalar(query) is not None


async def _note(session: Session, obstacle: Obstacle, verb: str, act: Act, text: str = "") -> None:
    made = ObstacleEvent(
        obstacle_id=obstacle.id,
        verb=verb,
        at=act.at,
        tenure_id=act.tenure_id,
        source=act.source,
        text=text,
    )
    session.add(made)
    await session.flush()
    after = {"event": made.id}
    await audit.record(session, act, verb, f"K{obstacle.number}", after=after)
    await living.look_again_for(session, [obstacle.item_id], act.at)


async def _open(session: Session, number: int) -> Obstacle:
    obstacle = await _found(session, number)
    if not obstacle.is_open:
        raise ObstacleClosed(number)
    return obstacle


async def _found(session: Session, number: int) -> Obstacle:
    obstacle = await session.scalar(select(Obstacle).where(Obstacle.number == number))
    if obstacle is None:
        raise NoSuchObstacle(number)
    return obstacle
