"""What only the coordinators can mend: each of them hears of it once, inside the window."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from db import debts, owed
from db.act import Act
from db.engine import Session
from db.models import Fate, Owed, Post, Role, Tenure

GATHER = timedelta(seconds=20)  # what goes wrong together is told together, within a minute


async def owe(
    session: Session, act: Act, kind: str, ids: Collection[int], when: datetime, but: int = 0
) -> None:
    """`ids`: the OPD, or the people, that are in trouble. What waits already to be told of others
    takes them along. `but`: who need not hear it."""
    for user_id, post_id in await _coordinators(session):
        if user_id == but:
            continue
        if waiting := await _waiting(session, kind, user_id):
            waiting.facts = {"ids": sorted({*waiting.facts["ids"], *ids})}
            continue
        debt = debts.letter(kind, act.source, user_id, post_id, ids=sorted(ids))
        await owed.owe(session, debt, when)


async def warn(session: Session, act: Act, kind: str, when: datetime, **facts: Any) -> None:
    """Of what has no parts to be gathered; once for each act."""
    for user_id, post_id in await _coordinators(session):
        await owed.owe(session, debts.letter(kind, act.source, user_id, post_id, **facts), when)


async def _coordinators(session: Session) -> Sequence[tuple[int, int]]:
    """Their user ids and posts."""
    query = select(Tenure.user_id, Tenure.post_id).join(Tenure.post)
    query = query.where(Post.role == Role.COORDINATOR, Tenure.ended_at.is_(None))
    return [(user_id, post_id) for user_id, post_id in await session.execute(query)]


async def _waiting(session: Session, kind: str, user_id: int) -> Owed | None:
    """Of this kind, and not begun with."""
    query = select(Owed).where(Owed.kind == kind, Owed.user_id == user_id)
    rows = await session.scalars(query.where(Owed.fate == Fate.OWED))
    return next((row for row in rows if "part" not in row.facts), None)
