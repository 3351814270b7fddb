"""A receipt once more, with what has become of its evidence since."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from db import chats, receipts
from db.checklist import SUBMIT
from db.engine import Session
from db.models import Item
from db.receipts import Receipt


async def confirmed(
    session: Session, opd_id: int, numbers: Collection[int], still_open: int, at: datetime
) -> Receipt:
    """Of a message that confirmed all of these. `still_open`: what it counted then."""
    query = select(Item).where(Item.opd_id == opd_id, Item.number.in_(numbers))
    items = await session.scalars(query.order_by(Item.number))
    lines = tuple(receipts.line(item, is_done=True, got_evidence=False) for item in items)
    return Receipt(SUBMIT, await chats.by_id(session, opd_id), lines, still_open, at)
