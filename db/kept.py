"""Updates that took effect and were acknowledged before they were answered: a crash does not cost
their answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, select

from db import engine
from db.engine import Session
from db.models import Kept


async def keep(session: Session, updates: Mapping[int, dict[str, Any]]) -> None:
    """By their ids. Keeping twice is keeping once."""
    rows = [{"update_id": update_id, "body": body} for update_id, body in updates.items()]
    await engine.add_all_once(session, Kept, rows)


async def forget(session: Session, updates: Collection[int]) -> None:
    """They were answered."""
    await session.execute(delete(Kept).where(Kept.update_id.in_(updates)))


async def every(session: Session) -> list[dict[str, Any]]:
    """In the order of their ids."""
    return list(await session.scalars(select(Kept.body).order_by(Kept.update_id)))
