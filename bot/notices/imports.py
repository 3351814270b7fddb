"""What an OPD hears when a checklist's file added or moved its items."""

from __future__ import annotations

from bot import keyboards_city, messages
from bot.context import Desk
from bot.letter import Letter, to_group
from db import chats, people
from db.engine import Session
from db.owed import Claim
from db.reports.imported import imported


async def letter(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    debt = claim.debt
    assert debt.opd_id, "a notice is an OPD's"
    opd = await chats.by_id(session, debt.opd_id)
    news = await imported(session, debt.facts["programme"], opd.id, debt.facts["act"])
    if not news.dues:
        return None
    text, keyboard = messages.imported(desk, opd, news), keyboards_city.for_notice(opd.code)
    if debt.user_id is None:
        return to_group(opd, text, keyboard) if opd.is_reachable else None
    still = await people.still_holds(session, debt.post_id, debt.user_id)
    return Letter(debt.user_id, text, keyboard) if still else None
