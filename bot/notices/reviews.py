"""What an OPD hears of what a coordinator did to its items."""

from __future__ import annotations

from bot import keyboards, messages
from bot.context import Desk
from bot.letter import Letter
from bot.notices import hearers
from db import chats
from db.engine import Session
from db.owed import Claim
from db.reports import notices


async def reviewed(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """Accepted, returned, out of the counts or back; what changed again meanwhile is not told."""
    assert claim.debt.opd_id, "a notice is an OPD's"
    facts = claim.debt.facts
    acts = (facts["act"], *facts.get("more", ()))
    told = await notices.reviewed(session, claim.debt.opd_id, facts["verb"], acts)
    opd = await chats.by_id(session, claim.debt.opd_id)
    if not told.items:
        return None
    text, keyboard = messages.reviewed_notice(opd, told), keyboards.for_reviewed(opd, told)
    return await hearers.letter(session, claim, opd, text, keyboard)
