"""What an OPD hears when a coordinator adds, moves or drops its items: owed, then written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from telegram import InlineKeyboardMarkup

from bot import keyboards_city, messages
from bot.context import Call, Desk
from bot.letter import Letter, to_group
from db import chats, owed, people
from db.chats import OpdFacts
from db.engine import Session
from db.owed import Claim, Debt
from db.people import Holder
from db.reports import changes
from db.reports.changes import Change


async def owe(call: Call, kind: str, opd_ids: Iterable[int], **facts: Any) -> None:
    """One message for each OPD, in the transaction of the change (`call.act.source`)."""
    for opd_id in opd_ids:
        opd = await chats.by_id(call.session, opd_id)
        for debt in await _debts(call, kind, opd, facts):
            await owed.owe(call.session, debt, call.now)


async def added(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    opd, told = await _told(session, claim, "add")
    if not told.lines:
        return None
    text = messages.added_notice(desk, opd, told, await by(session, told))
    return await _letter(session, claim, opd, text, keyboards_city.for_notice(opd.code, told))


async def moved(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    opd, told = await _told(session, claim, "move")
    if not told.lines:
        return None
    text = messages.moved_notice(desk, opd, told, await by(session, told))
    return await _letter(session, claim, opd, text, keyboards_city.for_notice(opd.code))


async def dropped(_desk: Desk, session: Session, claim: Claim) -> Letter | None:
    opd, told = await _told(session, claim, "drop")
    if not told.lines:
        return None
    text = messages.dropped_notice(opd, told, await by(session, told))
    return await _letter(session, claim, opd, text)


async def undone(_desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """Who never heard of it need not hear that it is taken back."""
    opd, told = await _told(session, claim, "drop")
    was_told = await changes.arrived(session, "added", opd.id, claim.debt.facts["added"])
    if not told.lines or not was_told:
        return None
    text = messages.undone_notice(opd, told, await by(session, told))
    return await _letter(session, claim, opd, text)


async def by(session: Session, change: Change) -> Holder | None:
    """Who did it, in the post they held then."""
    return await people.holder(session, change.by) if change.by else None


async def _debts(call: Call, kind: str, opd: OpdFacts, facts: dict[str, Any]) -> list[Debt]:
    """To the group; without one that can be reached, to the secretary or else the operators."""
    source = call.act.source
    found = [] if opd.is_reachable else await people.listeners(call.session, opd.id)
    if not found:
        return [owed.notice(kind, source, opd.id, act=source, **facts)]
    return [
        owed.notice_in_private(
            kind, source, opd.id, (one.post_id, one.user_id), act=source, **facts
        )
        for one in found
    ]


async def _told(session: Session, claim: Claim, verb: str) -> tuple[OpdFacts, Change]:
    debt = claim.debt
    assert debt.opd_id, "a notice is an OPD's"
    told = await changes.standing(session, verb, debt.facts["act"], debt.opd_id)
    return await chats.by_id(session, debt.opd_id), told


async def _letter(
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
