"""A request for a later deadline is moot once its item is confirmed, moved or dropped."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from db import audit
from db.act import Act
from db.engine import Session
from db.models import Extension

MOOT = "moot"


async def lapse(session: Session, act: Act, item_ids: Collection[int]) -> None:
    """Call it in the transaction of the change. What was decided stays decided."""
    await session.flush()
    query = select(Extension).where(Extension.item_id.in_(item_ids), Extension.outcome == "")
    for asked in list(await session.scalars(query.order_by(Extension.id))):
        asked.outcome, asked.decided_at = MOOT, act.at
        await audit.record(session, act, MOOT, f"extension:{asked.id}", after={"outcome": MOOT})
