"""Who hears for an OPD: its group, else its secretary, else its operators."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from db import chats, owed, people
from db.act import Act
from db.engine import Session
from db.owed import Debt


async def owe(
    session: Session, act: Act, kind: str, opd_id: int, now: datetime, **facts: Any
) -> bool:
    """What `act` changed, in its transaction: one message to the group; without one that can be
    reached, to the secretary or else each operator. False where nobody hears, or it was owed
    already."""
    debts = await _debts(session, act.source, kind, opd_id, {"act": act.source} | facts)
    return any([await owed.owe(session, debt, now) for debt in debts])


async def _debts(
    session: Session, source: str, kind: str, opd_id: int, facts: dict[str, Any]
) -> list[Debt]:
    if (await chats.by_id(session, opd_id)).is_reachable:
        return [owed.notice(kind, source, opd_id, **facts)]
    found = [(one.post_id, one.user_id) for one in await people.listeners(session, opd_id)]
    return [owed.notice_in_private(kind, source, opd_id, to, **facts) for to in found]
