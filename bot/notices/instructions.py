"""What an OPD hears of an instruction, and of a complaint."""

from __future__ import annotations

from dataclasses import replace

from bot import anew, keyboards_centre, messages
from bot.context import Desk
from bot.letter import Letter
from bot.notices import hearers
from db import chats, complaints, instructions, people
from db.act import Act
from db.engine import Session
from db.owed import Claim
from db.reports import changes
from db.reports import instructions as reports


async def instruction(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """Its time counts from when it arrives."""
    debt = claim.debt
    assert debt.opd_id, "a notice is an OPD's"
    opd, number = await chats.by_id(session, debt.opd_id), debt.facts["instruction"]
    told = await reports.told(session, number, opd.id)
    text = messages.instruction(desk, opd, told)
    keyboard = keyboards_centre.for_instruction(opd.code, told)
    letter = await hearers.letter(session, claim, opd, text, keyboard)

    async def on_sent(session: Session) -> None:
        act = Act(desk.now(), f"send:{claim.id}:instruction")
        await instructions.arrived(session, act, number, opd)

    return replace(letter, on_sent=on_sent, life=anew.of_instruction(opd.id, number))


async def complaint(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """What was dropped again meanwhile is not told."""
    debt = claim.debt
    assert debt.opd_id, "a notice is an OPD's"
    opd = await chats.by_id(session, debt.opd_id)
    found = await complaints.standing(session, debt.facts["reference"])
    if found is None or found.source != debt.facts["act"]:
        return None
    added = await changes.standing(session, "add", found.source, opd.id)
    by = await people.holder(session, added.by) if added.by else None
    text = messages.complaint_notice(desk, found, by)
    keyboard = keyboards_centre.for_complaint_notice(found)
    return await hearers.letter(session, claim, opd, text, keyboard)
