"""What others hear when posts change hands, and when a group may choose its OPD or changes it."""

from __future__ import annotations

from bot import keyboards_people, messages
from bot.context import Desk
from bot.letter import Letter
from bot.notices import hearers
from db import chats, people
from db.engine import Session
from db.owed import Claim
from db.people import Appointment, Holder


async def appointed(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """To a coordinator, with a button for when it is somebody else; to the OPD's group."""
    made = await _appointment(session, claim)
    if made is None:
        return None
    if claim.debt.opd_id:
        return await _to_opd(session, claim, made.new, messages.appointed_group(made))
    text, keyboard = messages.appointed(made), keyboards_people.for_appointed(made.new)
    return await hearers.private(session, claim, text, keyboard)


async def relieved(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """To the predecessor."""
    made = await _appointment(session, claim)
    assert claim.debt.user_id
    return Letter(claim.debt.user_id, messages.relieved(desk, made)) if made else None


async def ended(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """To a coordinator; to the OPD's group."""
    gone = await _holder(session, claim.debt.facts["tenure"])
    if claim.debt.opd_id:
        return await _to_opd(session, claim, gone, messages.ended_group(gone))
    return await hearers.private(session, claim, messages.ended(desk, gone))


async def dismissed(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """To the person whose tenure ended."""
    assert claim.debt.user_id
    gone = await _holder(session, claim.debt.facts["tenure"])
    return Letter(claim.debt.user_id, messages.dismissed(desk, gone))


async def moved_group(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """To a coordinator, as long as the OPD is in that group."""
    opd = await chats.by_id(session, claim.debt.facts["opd"])
    if opd.chat_id != claim.debt.facts["chat"]:
        return None
    return await hearers.private(session, claim, messages.moved_group(opd))


async def offer(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """To a group that the bot was added to, unless it was linked in the meantime."""
    chat_id = claim.debt.facts["chat"]
    if await chats.all_of_chat(session, chat_id):
        return None
    opds = [await chats.by_id(session, opd) for opd in claim.debt.facts["opd"]]
    free = [opd for opd in opds if not opd.is_reachable]
    return Letter(chat_id, messages.offer(free), keyboards_people.for_offer(free))


async def _appointment(session: Session, claim: Claim) -> Appointment | None:
    """None where the new tenure has ended already."""
    facts = claim.debt.facts
    new = await _holder(session, facts["tenure"])
    old = await people.holder(session, facts["old"]) if facts["old"] else None
    return None if new.ended_at else Appointment(new, old)


async def _holder(session: Session, tenure_id: int) -> Holder:
    holder = await people.holder(session, tenure_id)
    assert holder, "tenures are never removed"
    return holder


async def _to_opd(session: Session, claim: Claim, whose: Holder, text: str) -> Letter | None:
    """Its group; without one, its people, but not the one whom it concerns."""
    assert claim.debt.opd_id
    opd = await chats.by_id(session, claim.debt.opd_id)
    letter = await hearers.letter(session, claim, opd, text)
    return None if letter and letter.chat_id == whose.user_id else letter
