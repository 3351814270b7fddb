"""What an OPD hears when a checklist's file added or moved its items."""

from __future__ import annotations

from bot import keyboards_city, messages
from bot.context import Desk
from bot.letter import Letter
from bot.notices import hearers
from db import chats
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
    return await hearers.letter(session, claim, opd, text, keyboard)
