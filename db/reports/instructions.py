"""An instruction as facts: what it says, to whom it went, and who acknowledged it when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db import people
from db.due import Due
from db.engine import Session
from db.instructions import NoSuchInstruction
from db.models import Addressee, Instruction, Item, Opd, State
from db.people import Holder
from db.pieces import KeptFile
from db.reports.items import ItemFacts, facts_of


@dataclass(frozen=True, slots=True)
class Response:
    """The first ✋ of an OPD: by whom, in the post they held then."""

    at: datetime
    by: Holder
    is_late: bool


@dataclass(frozen=True, slots=True)
class Told:
    """An instruction as one OPD sees it. `item`: what it created there, while that is there.
    `file`: what it is called, if one goes along."""

    id: int
    text: str
    by: Holder | None
    due: Due
    response: Response | None
    item: ItemFacts | None
    file: str


@dataclass(frozen=True, slots=True)
class Sent:
    """An instruction as its author sees it, by OPD codes. `late`: acknowledged after `due`.
    `bundle`: the items that it created; `is_undone`: they were taken back, `is_fresh`: they
    still can be."""

    id: int
    text: str
    by: Holder | None
    made_at: datetime
    source: str
    due: Due
    bundle: int | None
    opd: tuple[str, ...]
    acknowledged: tuple[str, ...]
    late: tuple[str, ...]
    file: str

    @property
    def waiting(self) -> tuple[str, ...]:
        return tuple(code for code in self.opd if code not in self.acknowledged)


async def told(session: Session, instruction: int, opd_id: int) -> Told:
    row = await session.get(Instruction, instruction)
    to = await session.get(Addressee, (instruction, opd_id))
    if row is None or to is None:
        raise NoSuchInstruction(instruction)
    return Told(
        id=row.id,
        text=row.text,
        by=await _holder(session, row.made_by),
        due=Due(row.due_at, row.due_zone),
        response=await _response(session, row, to),
        item=await _item(session, row.bundle_id, opd_id),
        file=row.file_name,
    )


async def sent(session: Session, instruction: int) -> Sent:
    row = await session.get(Instruction, instruction)
    if row is None:
        raise NoSuchInstruction(instruction)
    query = select(Opd.code, Addressee.acknowledged_at).join(Opd, Opd.id == Addressee.opd_id)
    query = query.where(Addressee.instruction_id == instruction).order_by(Opd.code)
    responses = [(code, at) for code, at in await session.execute(query)]
    return Sent(
        id=row.id,
        text=row.text,
        by=await _holder(session, row.made_by),
        made_at=row.made_at,
        source=row.source,
        due=Due(row.due_at, row.due_zone),
        bundle=row.bundle_id,
        opd=tuple(code for code, _ in responses),
        acknowledged=tuple(code for code, at in responses if at),
        late=tuple(code for code, at in responses if at and at > row.due_at),
        file=row.file_name,
    )


async def file(session: Session, instruction: int, opd_id: int) -> KeptFile:
    """The one that goes along with it, for an OPD to which it went."""
    row = await session.get(Instruction, instruction)
    to = await session.get(Addressee, (instruction, opd_id))
    if row is None or to is None or not row.sha256:
        raise NoSuchInstruction(instruction)
    return KeptFile(row.file_name, row.stored_as, row.sha256, row.size)


async def shelved(session: Session) -> list[tuple[str, str]]:
    """Every file that lies on the shelf for an instruction: where, and its SHA-256."""
    query = select(Instruction.stored_as, Instruction.sha256).where(Instruction.sha256 != "")
    return [(row[0], row[1]) for row in await session.execute(query.distinct())]


async def _response(session: Session, row: Instruction, to: Addressee) -> Response | None:
    by = await _holder(session, to.acknowledged_by)
    if to.acknowledged_at is None or by is None:
        return None
    return Response(to.acknowledged_at, by, to.acknowledged_at > row.due_at)


async def _item(session: Session, bundle: int | None, opd_id: int) -> ItemFacts | None:
    query = select(Item).where(Item.bundle_id == bundle, Item.opd_id == opd_id)
    row = await session.scalar(query.where(Item.state != State.DROPPED)) if bundle else None
    return facts_of(row) if row else None


async def _holder(session: Session, tenure_id: int | None) -> Holder | None:
    return await people.holder(session, tenure_id) if tenure_id else None
