"""The evidence of an item, and every file that must lie on the shelf."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db.chats import OpdFacts
from db.engine import Session
from db.models import Evidence, Item, Person, State, Tenure
from db.pieces import KeptFile
from db.refusal import Refusal


class NoSuchEvidence(Refusal):
    """Never given, or for another OPD."""


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """A link or a file (`is_file`). `by` is empty where nobody is known."""

    id: int
    version: int
    name: str
    size: int
    is_file: bool
    at: datetime
    by: str


async def of_item(session: Session, item_id: int) -> tuple[EvidenceFacts, ...]:
    """In the order in which they were given."""
    query = select(Evidence, Person.name).where(Evidence.item_id == item_id)
    query = query.outerjoin(Tenure, Tenure.id == Evidence.tenure_id)
    query = query.outerjoin(Person, Person.user_id == Tenure.user_id)
    rows = await session.execute(query.order_by(Evidence.version, Evidence.id))
    return tuple(_facts(row, name or "") for row, name in rows)


async def file(session: Session, opd: OpdFacts, evidence_id: int) -> tuple[KeptFile, int]:
    """A file of one of this OPD's items, and the item's number."""
    query = select(Evidence, Item.number).join(Item, Item.id == Evidence.item_id)
    query = query.where(Evidence.id == evidence_id, Item.opd_id == opd.id)
    query = query.where(Evidence.sha256 != "", Item.state != State.DROPPED)
    found = (await session.execute(query)).one_or_none()
    if found is None:
        raise NoSuchEvidence
    row, number = found
    return KeptFile(row.file_name, row.stored_as, row.sha256, row.size), number


async def shelved(session: Session) -> list[tuple[str, str]]:
    """Where each file lies, and its SHA-256."""
    query = select(Evidence.stored_as, Evidence.sha256).where(Evidence.sha256 != "").distinct()
    return [(row[0], row[1]) for row in await session.execute(query.order_by(Evidence.stored_as))]


def _facts(row: Evidence, name: str) -> EvidenceFacts:
    shown = row.file_name if row.is_file else row.link
    return EvidenceFacts(row.id, row.version, shown, row.size, row.is_file, row.at, name)
