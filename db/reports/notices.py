"""What one message did to an OPD's items, as long as it still stands."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from db.engine import Session
from db.models import Event, Item, State
from db.reports.items import ItemFacts, facts_of

STANDS = {"verify": State.VERIFIED, "return": State.RETURNED}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """`note`: the reason, where items were returned."""

    verb: str
    items: tuple[ItemFacts, ...]
    note: str


async def reviewed(session: Session, opd_id: int, verb: str, source: str) -> Reviewed:
    query = (
        select(Item, Event.note)
        .join(Event, Event.item_id == Item.id)
        .where(Item.opd_id == opd_id, Event.verb == verb, Event.source == source)
        .where(Item.state == STANDS[verb])
        .order_by(Item.number)
    )
    rows = (await session.execute(query)).all()
    return Reviewed(verb, tuple(facts_of(item) for item, _ in rows), rows[0][1] if rows else "")
