"""What a checklist's file did to one OPD's items, as far as it still stands."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from db.bundles import ADD
from db.due import Due
from db.engine import Session
from db.models import OPEN, Event, Item


@dataclass(frozen=True, slots=True)
class Imported:
    """Numbers of the items; `dues` are the deadlines they have, the soonest first."""

    programme: str
    added: tuple[int, ...]
    moved: tuple[int, ...]
    dues: tuple[Due, ...]


async def imported(session: Session, programme: str, opd_id: int, source: str) -> Imported:
    query = (
        select(Item.number, Item.due_at, Item.due_zone, Event.verb)
        .join(Event, Event.item_id == Item.id)
        .where(Item.opd_id == opd_id, Item.state.in_(OPEN), Event.source == source)
        .order_by(Item.number)
    )
    rows = (await session.execute(query)).all()
    added = tuple(number for number, _, _, verb in rows if verb == ADD)
    moved = tuple(number for number, _, _, verb in rows if verb != ADD)
    dues = sorted({Due(due_at, zone) for _, due_at, zone, _ in rows})
    return Imported(programme, added, moved, tuple(dues))
