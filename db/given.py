"""Which updates were answered, so that a start after a crash does not answer them again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from db.engine import Session
from db.models import Given

KEPT = timedelta(days=2)  # Telegram keeps an update for one


async def note(session: Session, updates: Collection[int], messages: int, now: datetime) -> None:
    """So many messages of the answer to these arrived. What Telegram no longer keeps goes."""
    query = select(Given).where(Given.update_id.in_(updates))
    rows = {row.update_id: row for row in await session.scalars(query)}
    for update_id in updates:
        row = rows.get(update_id) or Given(update_id=update_id)
        row.messages, row.at = messages, now
        session.add(row)
    await session.execute(delete(Given).where(Given.at < now - KEPT))


async def known(session: Session, now: datetime) -> dict[int, int]:
    """Messages by update, of those that Telegram may hand over again."""
    query = select(Given).where(Given.at >= now - KEPT)
    return {row.update_id: row.messages for row in await session.scalars(query)}
