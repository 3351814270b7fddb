"""What an old button can still be pressed for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from db import extensions
from db.engine import Session
from db.models import Addressee, Extension, Item, Obstacle, Opd, State


async def states(session: Session, opd: str, numbers: Collection[int]) -> dict[int, State]:
    """Of an OPD's items, by number."""
    query = select(Item.number, Item.state).join(Opd, Opd.id == Item.opd_id)
    rows = await session.execute(query.where(Opd.code == opd, Item.number.in_(numbers)))
    return {row.number: row.state for row in rows}


async def unacknowledged(session: Session, opd: str, instructions: Collection[int]) -> set[int]:
    """Those of these instructions that wait for the OPD's ✋."""
    query = select(Addressee.instruction_id).join(Opd, Opd.id == Addressee.opd_id)
    query = query.where(Opd.code == opd, Addressee.acknowledged_at.is_(None))
    return {*await session.scalars(query.where(Addressee.instruction_id.in_(instructions)))}


async def obstacles(session: Session, numbers: Collection[int]) -> dict[int, bool]:
    """Those of these that are open, and whether the Sekda has them."""
    query = select(Obstacle.number, Obstacle.forwarded_at)
    query = query.where(Obstacle.number.in_(numbers), Obstacle.closed_at.is_(None))
    return {row.number: row.forwarded_at is not None for row in await session.execute(query)}


async def undecided(session: Session, requests: Collection[int], now: datetime) -> set[int]:
    """Those of these requests for a later deadline that wait."""
    query = select(Extension.id).join(Extension.item).where(extensions.waits(now))
    return {*await session.scalars(query.where(Extension.id.in_(requests)))}
