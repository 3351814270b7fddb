"""Where every item stands: as the database has it, and as the bubbles told it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from db.models import Item, Opd, State
from tests.month.cast import City
from tests.town import WITA

Standing = dict[tuple[str, int], tuple[str, datetime]]
SAME = {"returned": "open"}  # both are to be done; which of them a withdrawal finds is told nowhere


async def of_database(city: City) -> Standing:
    query = select(Opd.code, Item.number, Item.state, Item.due_at).join(Item.opd)
    async with city.town.desk.view() as session:
        rows = await session.execute(query.where(Item.state != State.DROPPED))
        return {(c, n): (_same(s), due.astimezone(WITA)) for c, n, s, due in rows}


def of_bubbles(city: City) -> Standing:
    return {key: (_same(one.state), one.due) for key, one in city.ledger.items.items()}


def _same(state: str) -> str:
    return SAME.get(str(state), str(state))
