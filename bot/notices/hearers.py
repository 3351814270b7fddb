"""To whom a notice goes at the moment that it leaves: an OPD's group, or one person."""

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
    if claim.debt.user_id:
        return await private(session, claim, text, keyboard)
    if opd.is_reachable:
        return to_group(opd, text, keyboard)
    found = await people.listeners(session, opd.id)
    return Letter(found[0].user_id, text, keyboard) if found else None


async def private(
    session: Session, claim: Claim, text: str, keyboard: InlineKeyboardMarkup | None = None
) -> Letter | None:
    """To whom it is owed, as long as they hold the post that made it theirs."""
    to = claim.debt.user_id
    assert to, "it is a person's"
    is_theirs = await people.still_holds(session, claim.debt.post_id, to)
    return Letter(to, text, keyboard) if is_theirs else None
