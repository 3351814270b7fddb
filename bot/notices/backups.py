"""What is heard of backups: that one failed, and that one was restored."""

from __future__ import annotations

import asyncio
from datetime import date, datetime

from bot import keyboards_city, messages
from bot.context import Desk
from bot.letter import Letter
from bot.notices import hearers
from db import chats, people
from db.archive import nightlies
from db.archive.trouble import Trouble
from db.engine import Session
from db.owed import Claim


async def failed(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """None once that night's backup was made after all."""
    to, facts = claim.debt.user_id, claim.debt.facts
    assert to, "an alarm is a coordinator's"
    night = date.fromisoformat(facts["night"])
    last = await asyncio.to_thread(nightlies.last_backup, desk.settings.backup_dir)
    newest = last.night if last else None
    is_made = newest is not None and newest >= night
    if is_made or not await people.still_holds(session, claim.debt.post_id, to):
        return None
    return Letter(to, messages.backup_failed(night, Trouble(facts["why"]), newest))


async def restored(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """To a coordinator; to whoever hears for an OPD."""
    debt = claim.debt
    at = datetime.fromisoformat(debt.facts["at"])
    if debt.opd_id is None:
        assert debt.user_id, "a coordinator's"
        still = await people.still_holds(session, debt.post_id, debt.user_id)
        return Letter(debt.user_id, messages.restored(desk, at, None)) if still else None
    opd = await chats.by_id(session, debt.opd_id)
    text, keyboard = messages.restored(desk, at, opd), keyboards_city.for_notice(opd.code)
    return await hearers.letter(session, claim, opd, text, keyboard)
