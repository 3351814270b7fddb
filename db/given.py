"""Which updates were answered, so that a start after a crash does not answer them again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from db.engine import Session
from db.models import Given, Kept

KEPT = timedelta(days=2)  # Telegram keeps an update for one
HELD = select(Kept.update_id)


async def note(session: Session, updates: Collection[int], messages: int, now: datetime) -> None:
    """So many messages of the answer to these arrived. What Telegram no longer keeps goes."""
    query = select(Given).where(Given.update_id.in_(updates))
    rows = {row.update_id: row for row in await session.scalars(query)}
    for update_id in updates:
        row = rows.get(update_id) or Given(update_id=update_id)
        row.messages, row.at = messages, now
        session.add(row)
    await session.execute(delete(Given).where(Given.at < now - KEPT, Given.update_id.not_in(HELD)))


async def known(session: Session, now: datetime) -> dict[int, int]:
    """Messages by update, of those that may come again, from Telegram or from what is kept here."""
    query = select(Given).where(or_(Given.at >= now - KEPT, Given.update_id.in_(HELD)))
    return {row.update_id: row.messages for row in await session.scalars(query)}
