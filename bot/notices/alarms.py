"""What the coordinators hear of groups and people that cannot be reached: only they can mend it.

One that is in order again when its turn comes is not told of."""

from __future__ import annotations

from bot import messages
from bot.context import Desk
from bot.letter import Letter
from bot.notices.hearers import private
from db import chats, people
from db.chats import OpdFacts
from db.engine import Session
from db.owed import Claim
from db.reach import NO_TOPIC
from db.reports import escalations


async def unreachable(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    lost = [opd for opd in await _opds(session, claim) if opd.chat_trouble not in ("", NO_TOPIC)]
    return await _letter(session, claim, messages.unreachable(lost)) if lost else None


async def lost_topic(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    lost = [opd for opd in await _opds(session, claim) if opd.chat_trouble]
    return await _letter(session, claim, messages.lost_topic(lost)) if lost else None


async def displaced(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """Their group, now a supergroup, had been linked to other OPD."""
    lost = [opd for opd in await _opds(session, claim) if opd.chat_id is None]
    return await _letter(session, claim, messages.displaced(lost)) if lost else None


async def unreachable_person(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """As long as they hold a post."""
    deaf = [h for user in claim.debt.facts["ids"] for h in await people.deaf(session, user)]
    return await _letter(session, claim, messages.unreachable_person(deaf)) if deaf else None


async def no_head(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """Of OPD whose items went up, and whose head cannot be told."""
    reachable = (await escalations.above(session)).reachable
    lost = [opd for opd in await _opds(session, claim) if opd.id not in reachable]
    return await _letter(session, claim, messages.no_head(lost)) if lost else None


async def _opds(session: Session, claim: Claim) -> list[OpdFacts]:
    return [await chats.by_id(session, opd) for opd in claim.debt.facts["ids"]]


async def _letter(session: Session, claim: Claim, text: str) -> Letter | None:
    """To a coordinator, as long as they are."""
    return await private(session, claim, text)
