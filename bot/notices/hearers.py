"""To whom a notice for an OPD goes at the moment that it leaves."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from bot.letter import Letter, to_group
from db import people
from db.chats import OpdFacts
from db.engine import Session
from db.owed import Claim


async def letter(
    session: Session,
    claim: Claim,
    opd: OpdFacts,
    text: str,
    keyboard: InlineKeyboardMarkup | None = None,
) -> Letter | None:
    """Where the group was lost since it was owed, somebody of the OPD hears it."""
    post_id, user_id = claim.debt.post_id, claim.debt.user_id
    if user_id:
        is_theirs = await people.still_holds(session, post_id, user_id)
        return Letter(user_id, text, keyboard) if is_theirs else None
    if opd.is_reachable:
        return to_group(opd, text, keyboard)
    found = await people.listeners(session, opd.id)
    return Letter(found[0].user_id, text, keyboard) if found else None
