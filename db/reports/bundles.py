"""A bundle as facts, and which programmes there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db.engine import Session
from db.models import Bundle, Event, Item, Programme, State


@dataclass(frozen=True, slots=True)
class BundleFacts:
    """`source`: the message that added it. `is_fresh`: nobody has confirmed any of it yet, and
    something of it is left."""

    id: int
    title: str
    made_at: datetime
    source: str
    is_undone: bool
    is_fresh: bool


async def facts(session: Session, bundle_id: int) -> BundleFacts | None:
    bundle = await session.get(Bundle, bundle_id)
    if bundle is None:
        return None
    items = select(Item.id).where(Item.bundle_id == bundle_id)
    added = select(Event.source).where(Event.verb == "add", Event.item_id.in_(items))
    is_left = await session.scalar(items.where(Item.state != State.DROPPED).limit(1)) is not None
    return BundleFacts(
        id=bundle.id,
        title=bundle.title,
        made_at=bundle.made_at,
        source=await session.scalar(added.limit(1)) or "",
        is_undone=bundle.undone_at is not None,
        is_fresh=is_left and not await is_confirmed(session, bundle_id),
    )


async def added_by(session: Session, source: str) -> int | None:
    """The bundle that this very message added."""
    query = select(Item.bundle_id).join(Event, Event.item_id == Item.id)
    return await session.scalar(query.where(Event.verb == "add", Event.source == source).limit(1))


async def is_confirmed(session: Session, bundle_id: int) -> bool:
    """Whether any item of it was ever confirmed."""
    query = select(Event.id).join(Item, Item.id == Event.item_id)
    query = query.where(Item.bundle_id == bundle_id, Event.verb == "submit").limit(1)
    return await session.scalar(query) is not None


async def programme_codes(session: Session) -> list[str]:
    return list(await session.scalars(select(Programme.code).order_by(Programme.code)))
