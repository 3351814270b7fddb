"""What an OPD hears when a coordinator adds, moves or drops its items: owed, then written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot import keyboards_city, messages
from bot.context import Call, Desk
from bot.letter import Letter
from bot.notices.hearers import letter
from db import chats, hearers, people
from db.chats import OpdFacts
from db.engine import Session
from db.owed import Claim
from db.people import Holder
from db.reports import changes
from db.reports.changes import Change

ADDING = ("added", "instruction", "complaint")  # the kinds that tell of new items


async def owe(call: Call, kind: str, opd_ids: Iterable[int], **facts: Any) -> None:
    """One message for each OPD, in the transaction of the change (`call.act.source`)."""
    for opd_id in opd_ids:
        await hearers.owe(call.session, call.act, kind, opd_id, call.now, **facts)


async def added(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    opd, told = await _told(session, claim, "add")
    if not told.lines:
        return None
    text = messages.added_notice(desk, opd, told, await by(session, told))
    return await letter(session, claim, opd, text, keyboards_city.for_notice(opd.code, told))


async def moved(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    opd, told = await _told(session, claim, "move")
    if not told.lines:
        return None
    text = messages.moved_notice(desk, opd, told, await by(session, told))
    return await letter(session, claim, opd, text, keyboards_city.for_notice(opd.code))


async def dropped(_desk: Desk, session: Session, claim: Claim) -> Letter | None:
    opd, told = await _told(session, claim, "drop")
    if not told.lines:
        return None
    text = messages.dropped_notice(opd, told, await by(session, told))
    return await letter(session, claim, opd, text)


async def undone(_desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """Who never heard of it need not hear that it is taken back."""
    opd, told = await _told(session, claim, "drop")
    added = claim.debt.facts["added"]
    was_told = [await changes.arrived(session, kind, opd.id, added) for kind in ADDING]
    if not told.lines or not any(was_told):
        return None
    text = messages.undone_notice(opd, told, await by(session, told))
    return await letter(session, claim, opd, text)


async def by(session: Session, change: Change) -> Holder | None:
    """Who did it, in the post they held then."""
    return await people.holder(session, change.by) if change.by else None


async def _told(session: Session, claim: Claim, verb: str) -> tuple[OpdFacts, Change]:
    debt = claim.debt
    assert debt.opd_id, "a notice is an OPD's"
    told = await changes.standing(session, verb, debt.facts["act"], debt.opd_id)
    return await chats.by_id(session, debt.opd_id), told
