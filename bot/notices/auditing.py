"""What the coordinators hear of the bot's own health, for whoever runs the server."""

from __future__ import annotations

from datetime import datetime

from bot import messages
from bot.context import Desk
from bot.letter import Letter
from bot.notices.hearers import private
from db.engine import Session
from db.owed import Claim
from db.reports import health


async def late_mail(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """None once nothing waits any more."""
    lots = (await health.mail(session, desk.calendar, desk.now())).waiting
    return await private(session, claim, messages.late_mail(lots)) if lots else None


async def undeliverable(_desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """Our words, not the chat, are at fault."""
    return await private(session, claim, messages.undeliverable(len(claim.debt.facts["ids"])))


async def was_deaf(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    at = datetime.fromisoformat(claim.debt.facts["at"]).astimezone(desk.settings.timezone)
    return await private(session, claim, messages.was_deaf(at))
