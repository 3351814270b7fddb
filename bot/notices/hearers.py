"""To whom a notice goes at the moment that it leaves: an OPD's group, or one person."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from bot.letter import Letter, Unheard, to_group
from db import hearers, people
from db.chats import OpdFacts
from db.debts import Debt
from db.engine import Session
from db.owed import Claim


async def letter(
    session: Session,
    claim: Claim,
    opd: OpdFacts,
    text: str,
    keyboard: InlineKeyboardMarkup | None = None,
) -> Letter:
    """Raises Unheard where the group was lost since it was owed."""
    if claim.debt.user_id:
        return await private(session, claim, text, keyboard)
    if opd.is_reachable:
        return to_group(opd, text, keyboard)
    raise Unheard


async def private(
    session: Session, claim: Claim, text: str, keyboard: InlineKeyboardMarkup | None = None
) -> Letter:
    """To whom it is owed, as long as they hold the post that made it theirs, or hear for that OPD
    in another one. Raises Unheard."""
    debt, to = claim.debt, claim.debt.user_id
    assert to, "it is a person's"
    if await people.still_holds(session, debt.post_id, to) or await _hears(session, debt, to):
        return Letter(to, text, keyboard)
    raise Unheard


async def _hears(session: Session, debt: Debt, user_id: int) -> bool:
    there = await hearers.people_of(session, debt.opd_id) if debt.opd_id else []
    return user_id in {one.user_id for one in there}
