"""Who hears for an OPD: its group, else its secretary, else its operators, else its head."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from db import chats, debts, owed, people
from db.act import Act
from db.debts import Debt
from db.engine import Session
from db.models import Fate, Owed, Role
from db.people import Holder

LOST, LEFT = "the group was lost", "they left the post"
NOBODY = "the group was lost, and nobody else hears for the OPD"
ROLES = (*people.LISTENERS, Role.HEAD)


async def owe(
    session: Session, act: Act, kind: str, opd_id: int, now: datetime, **facts: Any
) -> bool:
    """What `act` changed, in its transaction: one message to the group; without one that can be
    reached, to the secretary or else each operator. False where nobody hears, or it was owed
    already."""
    debts = await _debts(session, act.source, kind, opd_id, {"act": act.source} | facts)
    return any([await owed.owe(session, debt, now) for debt in debts])


async def owe_gathered(
    session: Session, act: Act, kind: str, opd_id: int, when: datetime, **facts: Any
) -> bool:
    """As `owe`, but at `when`, together with what is done until then of the same `facts`."""
    query = select(Owed).where(Owed.kind == kind, Owed.opd_id == opd_id, Owed.fate == Fate.OWED)
    waiting = [
        row
        for row in await session.scalars(query)
        if row.facts.get("more") is not None and facts.items() <= row.facts.items()
    ]
    for row in waiting:
        row.facts = row.facts | {"more": [*row.facts["more"], act.source]}
    return bool(waiting) or await owe(session, act, kind, opd_id, when, more=[], **facts)


async def _debts(
    session: Session, source: str, kind: str, opd_id: int, facts: dict[str, Any]
) -> list[Debt]:
    if (await chats.by_id(session, opd_id)).is_reachable:
        return [debts.notice(kind, source, opd_id, **facts)]
    found = [(one.post_id, one.user_id) for one in await people_of(session, opd_id)]
    return [debts.notice_in_private(kind, source, opd_id, to, **facts) for to in found]


async def people_of(session: Session, opd_id: int) -> list[Holder]:
    """Who hears where no group can."""
    return await people.listeners(session, opd_id, ROLES)


async def pass_on(session: Session, debt: Debt, now: datetime) -> tuple[Fate, str]:
    """Its turn came, and there is no group to hear it any more, or the person left the post: now
    it is owed, once, to whoever hears for the OPD. What becomes of `debt` itself, and why."""
    if debt.opd_id is None:
        return Fate.OBSOLETE, LEFT
    heirs = await _heirs(session, debt, debt.opd_id)
    await owed.owe_afresh(session, heirs, now)
    if not heirs:
        return Fate.FAILED, NOBODY
    return Fate.OBSOLETE, LEFT if debt.user_id else LOST


async def _heirs(session: Session, debt: Debt, opd_id: int) -> list[Debt]:
    if (await chats.by_id(session, opd_id)).is_reachable:
        return [debts.for_group(debt)]
    found = await people_of(session, opd_id)
    return [debts.for_person(debt, (one.post_id, one.user_id)) for one in found]


async def known_elsewhere(session: Session, lost: Iterable[Owed]) -> list[int]:
    """The ids of those of `lost` that were passed on, and whose fate is certain there: they
    arrived, or they are given up in their turn."""
    passed = [row for row in lost if row.opd_id and (row.user_id is None or row.error == LEFT)]
    if not passed:
        return []
    query = select(Owed).where(Owed.fate.in_((Fate.SENT, Fate.FAILED)))
    query = query.where(Owed.opd_id.in_({row.opd_id for row in passed}))
    query = query.where(Owed.kind.in_({row.kind for row in passed}))
    heirs = list(await session.scalars(query.where(Owed.id > min(row.id for row in passed))))
    return [row.id for row in passed if any(_inherits(heir, row) for heir in heirs)]


def _inherits(heir: Owed, row: Owed) -> bool:
    is_other = heir.id > row.id and heir.user_id != row.user_id
    return is_other and debts.is_same(owed.debt_of(heir), owed.debt_of(row))


async def readdress(session: Session, opd_ids: Iterable[int], now: datetime) -> None:
    """What waits for a group that was lost goes to the OPD's people, once to each. (Reminders are
    owed afresh by their tick.) Where nobody is there, it is given up: `check` counts it."""
    for opd_id in opd_ids:
        people_there = await people_of(session, opd_id)
        query = select(Owed).where(Owed.opd_id == opd_id, Owed.user_id.is_(None))
        query = query.where(Owed.fate == Fate.OWED, Owed.kind != "reminder")
        for row in list(await session.scalars(query)):
            for one in people_there:
                debt = debts.for_person(owed.debt_of(row), (one.post_id, one.user_id))
                await owed.owe(session, debt, now)
            fate, why = (Fate.OBSOLETE, LOST) if people_there else (Fate.FAILED, NOBODY)
            row.settle(fate, now, None, row.error or why)
            row.not_before = None
