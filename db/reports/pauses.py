"""When an item's escalation rests: while an obstacle is open on it, or a later deadline is asked
for and waits to be decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from db.engine import Session
from db.models import OPEN, Extension, Item, Obstacle


@dataclass(frozen=True, slots=True)
class Pause:
    """`ended_at`: None while it lasts."""

    began_at: datetime
    ended_at: datetime | None


async def pauses(session: Session, now: datetime) -> Mapping[int, Sequence[Pause]]:
    """Of all open items, by item id, over and lasting; a request's lasts at most until the date
    that it asks for."""
    obstacles = select(Obstacle.item_id, Obstacle.at, Obstacle.closed_at).join(Obstacle.item)
    gone_by = case((Extension.due_at <= now, Extension.due_at))
    ended_at = func.coalesce(Extension.decided_at, gone_by)
    requests = select(Extension.item_id, Extension.at, ended_at).join(Extension.item)
    found: defaultdict[int, list[Pause]] = defaultdict(list)
    for query in (obstacles, requests):
        for item_id, began_at, until in await session.execute(query.where(Item.state.in_(OPEN))):
            found[item_id].append(Pause(began_at, until))
    return found
