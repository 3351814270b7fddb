"""Who hears of a later deadline: the coordinators when it is asked for, the OPD what became."""

from __future__ import annotations

from dataclasses import replace

from bot import anew, keyboards_decisions, messages
from bot.context import Desk
from bot.letter import Letter
from bot.notices import hearers
from db.engine import Session
from db.extensions import GRANT, OUTCOME
from db.owed import Claim
from db.reports import extensions as reports


async def asked(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """To a coordinator, as long as it waits."""
    found = await reports.extension(session, claim.debt.facts["extension"], desk.now())
    if not found.is_waiting:
        return None
    text, keyboard = messages.extension(desk, found), keyboards_decisions.for_extension(found)
    letter = await hearers.private(session, claim, text, keyboard)
    return replace(letter, life=anew.of_extension(found))


async def decided(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """To the OPD, and to a coordinator if the Sekda decided; a deadline that was granted and
    moved again since is not told."""
    found = await reports.extension(session, claim.debt.facts["extension"], desk.now())
    if found.outcome == OUTCOME[GRANT] and not found.stands:
        return None
    text = messages.extension_decided(desk, found)
    if claim.debt.opd_id:
        return await hearers.letter(session, claim, found.opd, text)
    return await hearers.private(session, claim, text)
