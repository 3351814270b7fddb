"""What one message did to an OPD's items, as long as it still stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from db.engine import Session
from db.models import COUNTED, Event, Item, State
from db.reports.items import ItemFacts, facts_of

STANDS = {
    "verify": frozenset({State.VERIFIED}),
    "return": frozenset({State.RETURNED}),
    "exclude": frozenset({State.NOT_APPLICABLE}),
    "include": COUNTED,
}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """`note`: the reason, where items were returned, or declared not relevant."""

    verb: str
    items: tuple[ItemFacts, ...]
    note: str


async def reviewed(session: Session, opd_id: int, verb: str, sources: Collection[str]) -> Reviewed:
    """What the messages and presses `sources` did, in order of numbers."""
    query = (
        select(Item, Event.note)
        .join(Event, Event.item_id == Item.id)
        .where(Item.opd_id == opd_id, Event.verb == verb, Event.source.in_(sources))
        .where(Item.state.in_(STANDS[verb]))
        .order_by(Item.number)
    )
    rows = (await session.execute(query)).all()
    return Reviewed(verb, tuple(facts_of(item) for item, _ in rows), rows[0][1] if rows else "")
