"""What an OPD hears when the coordinator or the Sekda reminds it."""

from __future__ import annotations

from bot import keyboards, messages
from bot.context import Desk
from bot.letter import Letter
from bot.notices import hearers
from db import chats, people
from db.engine import Session
from db.owed import Claim
from db.reports import reminders


async def nudge(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """What is open when it leaves, and which post reminds of it; nothing open, nothing said."""
    debt = claim.debt
    assert debt.opd_id, "a nudge is an OPD's"
    opd = await chats.by_id(session, debt.opd_id)
    pressing = await reminders.pressing(session, opd, desk.now())
    if not pressing.still_open:
        return None
    tenure = debt.facts.get("tenure")  # an older version kept none
    by = await people.holder(session, tenure) if tenure else None
    text, keyboard = messages.nudge(desk, pressing, by), keyboards.for_reminder(pressing)
    return await hearers.letter(session, claim, opd, text, keyboard)
