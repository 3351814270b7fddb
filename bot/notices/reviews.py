"""What an OPD's group hears of what a coordinator did to its items."""

from __future__ import annotations

from bot import messages
from bot.context import Desk
from bot.letter import Letter, to_group
from db import chats
from db.engine import Session
from db.owed import Claim
from db.reports import notices


async def reviewed(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """Accepted or returned; what was confirmed again meanwhile is not told."""
    assert claim.debt.opd_id, "a notice is an OPD's"
    facts = claim.debt.facts
    told = await notices.reviewed(session, claim.debt.opd_id, facts["verb"], facts["act"])
    opd = await chats.by_id(session, claim.debt.opd_id)
    if not told.items or not opd.is_reachable:
        return None
    return to_group(opd, messages.reviewed_notice(opd, told))
