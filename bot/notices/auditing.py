"""What the coordinators hear of the bot's own health, for whoever runs the server."""

from __future__ import annotations

from datetime import datetime

from bot import messages
from bot.context import Desk
from bot.letter import Letter
from db import people
from db.engine import Session
from db.owed import Claim
from db.reports import health


async def late_mail(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """None once nothing waits any more."""
    lots = (await health.mail(session, desk.calendar, desk.now())).waiting
    if not lots or not (to := await _reader(session, claim)):
        return None
    return Letter(to, messages.late_mail(lots))


async def undeliverable(_desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """Our words, not the chat, are at fault."""
    to = await _reader(session, claim)
    return Letter(to, messages.undeliverable(len(claim.debt.facts["ids"]))) if to else None


async def was_deaf(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    to = await _reader(session, claim)
    at = datetime.fromisoformat(claim.debt.facts["at"]).astimezone(desk.settings.timezone)
    return Letter(to, messages.was_deaf(at)) if to else None


async def _reader(session: Session, claim: Claim) -> int | None:
    """Whom it is for, as long as they hold the post that made it theirs."""
    to = claim.debt.user_id
    assert to, "an alarm is a coordinator's"
    return to if await people.still_holds(session, claim.debt.post_id, to) else None
