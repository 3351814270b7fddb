"""Raise what is late for too long, and note who was told. The caller owns the transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update

from db.engine import Session, add_all_once
from db.models import Escalation
from db.reports.escalations import Late


async def lift(session: Session, level: str, items: Iterable[Late], now: datetime) -> None:
    """Once per item and level; a return or another deadline starts from the bottom."""
    rows = [
        {"item_id": one.item_id, "level": level, "since": one.since, "at": now, "told_at": None}
        for one in items
    ]
    await add_all_once(session, Escalation, rows)


async def told(session: Session, level: str, items: Iterable[Late], now: datetime) -> None:
    """Call it in the transaction that records the sending."""
    for one in items:
        row = update(Escalation).where(Escalation.item_id == one.item_id)
        row = row.where(Escalation.level == level, Escalation.since == one.since)
        await session.execute(row.where(Escalation.told_at.is_(None)).values(told_at=now))
