"""Who else hears of it when a post changes hands. Owed in the transaction of the change."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from db import debts, hearers, owed, people
from db.act import Act
from db.engine import Session
from db.models import Role
from db.people import Appointment, Holder


async def appointed(session: Session, act: Act, made: Appointment, now: datetime) -> None:
    """The predecessor, the coordinators, the OPD."""
    new, old = made.new, made.old
    facts = {"tenure": new.tenure_id, "old": old.tenure_id if old else 0}
    if old:
        await owed.owe(session, debts.letter("relieved", act.source, old.user_id, **facts), now)
    await coordinators(session, act, "appointed", {new.user_id}, now, **facts)
    if new.opd:
        await hearers.owe(session, act, "appointed", new.opd.id, now, **facts)


async def ended(session: Session, act: Act, gone: Holder, now: datetime) -> None:
    """Whom it concerns, the other coordinators, the OPD's group."""
    facts = {"tenure": gone.tenure_id}
    if gone.user_id != act.user_id:
        await owed.owe(session, debts.letter("dismissed", act.source, gone.user_id, **facts), now)
    but = {gone.user_id, act.user_id or 0}
    await coordinators(session, act, "ended", but, now, **facts)
    if gone.opd:
        await hearers.owe(session, act, "ended", gone.opd.id, now, **facts)


async def coordinators(
    session: Session, act: Act, kind: str, but: Collection[int], now: datetime, **facts: Any
) -> None:
    """Each hears privately, as long as they are coordinator."""
    for one in await people.holders(session, [Role.COORDINATOR], None):
        if one.user_id not in but:
            debt = debts.letter(kind, act.source, one.user_id, one.post_id, **facts)
            await owed.owe(session, debt, now)
