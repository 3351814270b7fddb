"""Who hears of an obstacle: the coordinators, the Sekda, and its OPD."""

from __future__ import annotations

from dataclasses import replace

from bot import anew, keyboards_decisions, messages
from bot.context import Desk
from bot.letter import Letter
from bot.notices import hearers
from db.engine import Session
from db.owed import Claim
from db.reports import obstacles as reports


async def reported(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """To a coordinator: a new one, or more words."""
    return await _whole(desk, session, claim, may_forward=True)


async def forwarded(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """To the Sekda."""
    return await _whole(desk, session, claim, may_forward=False)


async def told(_desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """What was answered, or that it is closed: to the OPD; to a coordinator, if the Sekda did."""
    facts = claim.debt.facts
    found = await reports.obstacle(session, facts["obstacle"])
    step = found.step(facts["verb"], facts["said"])
    assert step, "it was owed with it"
    text = messages.obstacle_told(found, step)
    if claim.debt.opd_id:
        return await hearers.letter(session, claim, found.opd, text)
    return await hearers.private(session, claim, text)


async def passed(_desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """To a coordinator: what is confirmed, and open still."""
    found = [await reports.obstacle(session, n) for n in claim.debt.facts["obstacles"]]
    left = [one for one in found if one.is_open and not one.item.is_open]
    if not left:
        return None
    text, keyboard = messages.obstacle_passed(left), keyboards_decisions.for_passed(left)
    return await hearers.private(session, claim, text, keyboard)


async def _whole(desk: Desk, session: Session, claim: Claim, *, may_forward: bool) -> Letter | None:
    """Not once it is closed."""
    found = await reports.obstacle(session, claim.debt.facts["obstacle"])
    if not found.is_open:
        return None
    keyboard = keyboards_decisions.for_obstacle(found, may_forward=may_forward)
    letter = await hearers.private(session, claim, messages.obstacle(desk, found), keyboard)
    return replace(letter, life=anew.of_obstacle(found, may_forward=may_forward))
