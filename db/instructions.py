"""What the centre tells OPD to do: sent once, and acknowledged by each of them, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from config.calendar import Calendar
from db import audit, bundles, living
from db.act import Act
from db.chats import OpdFacts
from db.due import Due
from db.engine import Session
from db.models import Addressee, Instruction
from db.pieces import KeptFile
from db.refusal import Refusal

INSTRUCT, TOLD, ACKNOWLEDGE = "instruct", "told", "acknowledge"


class NoSuchInstruction(Refusal):
    """None has this number, or it did not go to that OPD."""

    def __init__(self, instruction: int) -> None:
        self.instruction = instruction


async def add(
    session: Session,
    act: Act,
    calendar: Calendar,
    opd: Sequence[OpdFacts],
    text: str,
    due: Due,
    now: datetime,
    title: str = "",
    file: KeptFile | None = None,
) -> int:
    """The instruction's id. `due`: until when each OPD is to acknowledge it. `title`: of the item
    that it creates in each OPD, due then too; empty: none. A second arrival changes nothing."""
    if known := await added_by(session, act.source):
        return known
    due.must_be_after(now)
    bundle = await bundles.add(session, act, calendar, opd, title, due, now) if title else None
    made = Instruction(
        text=text,
        made_at=act.at,
        made_by=act.tenure_id,
        source=act.source,
        due_at=due.at,
        due_zone=due.zone,
        bundle_id=bundle,
        file_name=file.name if file else "",
        stored_as=file.stored_as if file else "",
        sha256=file.sha256 if file else "",
        size=file.size if file else 0,
    )
    session.add(made)
    await session.flush()
    session.add_all(Addressee(instruction_id=made.id, opd_id=one.id) for one in opd)
    after = {"opd": [one.code for one in opd], "bundle": bundle, **due.as_facts()}
    after |= {"sha256": made.sha256} if file else {}
    await audit.record(session, act, INSTRUCT, f"I{made.id}", after=after)
    return made.id


async def added_by(session: Session, source: str) -> int | None:
    """The instruction that this very message sent."""
    return await session.scalar(select(Instruction.id).where(Instruction.source == source))


async def of_bundle(session: Session, bundle: int) -> int | None:
    """The instruction that created these items."""
    return await session.scalar(select(Instruction.id).where(Instruction.bundle_id == bundle))


async def arrived(session: Session, act: Act, instruction: int, opd: OpdFacts) -> None:
    """It stands in the OPD's group, or with one of its people: from now on its time counts."""
    row = await session.get_one(Addressee, (instruction, opd.id))
    if row.heard_at is None:
        row.heard_at = act.at
        at = {"at": act.at.isoformat()}
        await audit.record(session, act, TOLD, f"I{instruction}:{opd.code}", after=at)


async def acknowledge(session: Session, act: Act, instruction: int, opd: OpdFacts) -> bool:
    """The OPD's response, which stays that of whoever was first: True for them, also when the same
    press arrives again. One after the deadline is one."""
    row = await session.get(Addressee, (instruction, opd.id))
    if row is None:
        raise NoSuchInstruction(instruction)
    if row.acknowledged_at:
        return await audit.done_by(session, ACKNOWLEDGE, act.source) is not None
    assert act.tenure_id, "the gate lets only post holders acknowledge"
    row.acknowledged_at, row.acknowledged_by = act.at, act.tenure_id
    at = {"at": act.at.isoformat()}
    await audit.record(session, act, ACKNOWLEDGE, f"I{instruction}:{opd.code}", after=at)
    await living.look_again(session, [opd.id], act.at)
    return True
