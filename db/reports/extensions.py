"""A request for a later deadline, as those see it who ask for it or decide it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from db import chats, people
from db.chats import OpdFacts
from db.due import Due
from db.engine import Session
from db.extensions import NoSuchExtension
from db.models import OPEN, Extension, Item, State
from db.moot import MOOT
from db.people import Holder
from db.reports.items import ItemFacts, facts_of


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """`was`: the deadline when it was asked for; `due`: the one asked for. `outcome`: empty while
    it waits; granted, refused, moot. `why`: why it is moot (a state, confirmed, moved,
    past; or empty)."""

    id: int
    opd: OpdFacts
    item: ItemFacts
    was: Due
    due: Due
    reason: str
    at: datetime
    by: Holder | None
    outcome: str
    why: str = ""
    decided_at: datetime | None = None
    decided_by: Holder | None = None

    @property
    def is_waiting(self) -> bool:
        return not self.outcome

    @property
    def stands(self) -> bool:
        """Whether a granted deadline is the item's still."""
        return self.item.state is not State.DROPPED and self.item.due_at == self.due.at


async def extension(session: Session, extension_id: int, now: datetime) -> ExtensionFacts:
    query = select(Extension).where(Extension.id == extension_id)
    row = await session.scalar(query.options(joinedload(Extension.item)))
    if row is None:
        raise NoSuchExtension
    why = _why_moot(row, row.item, now)
    return ExtensionFacts(
        id=row.id,
        opd=await chats.by_id(session, row.item.opd_id),
        item=facts_of(row.item),
        was=Due(row.was_due_at, row.was_due_zone),
        due=Due(row.due_at, row.due_zone),
        reason=row.reason,
        at=row.at,
        by=await _holder(session, row.tenure_id),
        outcome=MOOT if why else row.outcome,
        why=why,
        decided_at=row.decided_at,
        decided_by=await _holder(session, row.decided_by),
    )


def _why_moot(asked: Extension, item: Item, now: datetime) -> str:
    """Where nobody decided it, and nobody can any more."""
    if asked.outcome not in {"", MOOT}:
        return ""
    if item.state not in OPEN:
        return item.state.value
    if item.due_at != asked.was_due_at:
        return "moved"
    if asked.due_at <= now:
        return "past"
    return "confirmed" if asked.outcome else ""


async def _holder(session: Session, tenure_id: int | None) -> Holder | None:
    return await people.holder(session, tenure_id) if tenure_id else None
