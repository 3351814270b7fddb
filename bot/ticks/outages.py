"""After the bot was away, the groups hear that buttons may have been pressed in vain."""

from __future__ import annotations

from dataclasses import replace

import structlog

from bot import messages
from bot.context import Desk
from bot.letter import Letter
from bot.notices import hearers
from db import chats, checklist, debts, owed, pulse
from db.engine import Session, Unavailable
from db.owed import Claim
from db.pulse import Span
from db.reports import responses

log = structlog.get_logger(__name__)


async def beat(desk: Desk) -> None:
    """Call it whenever Telegram handed over what waited: presses are not kept for long."""
    now = desk.now()
    try:
        async with desk.view() as session:
            if await pulse.is_fresh(session, now):
                return
        async with desk.transaction() as session:
            if span := await pulse.beat(session, desk.calendar, now):
                await _tell(desk, session, span)
    except Unavailable as away:
        log.error("The database is away: no pulse", trouble=str(away))


async def _tell(desk: Desk, session: Session, span: Span) -> None:
    log.warning("The bot was away", since=span.began_at, until=span.ended_at)
    await owed.hurry(session, span.ended_at)
    day = desk.calendar.next_opening(span.ended_at).date()
    for opd_id in await pulse.pressed_in_vain(session, span):
        await owed.owe(session, debts.outage(opd_id, span.id, day), span.ended_at)


async def letter(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    assert claim.debt.opd_id, "a group hears it; where it was lost since, its people"
    opd = await chats.by_id(session, claim.debt.opd_id)
    is_open = await checklist.count_open(session, opd.id)
    if not is_open and not await responses.unacknowledged(session, opd.id):
        return None
    span = await pulse.outage(session, claim.debt.facts["outage"])
    letter = await hearers.letter(session, claim, opd, messages.outage(desk, span))
    return letter and replace(letter, is_silent=True)
