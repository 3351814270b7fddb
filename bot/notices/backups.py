"""What is heard of backups: that one failed, and that one was restored."""

from __future__ import annotations

import asyncio
from datetime import date, datetime

from bot import keyboards_city, messages
from bot.context import Desk
from bot.letter import Letter
from bot.notices import hearers
from db import chats
from db.archive import nightlies
from db.archive.trouble import Trouble
from db.engine import Session
from db.owed import Claim


async def failed(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """None once that night's backup was made after all."""
    facts = claim.debt.facts
    night = date.fromisoformat(facts["night"])
    last = await asyncio.to_thread(nightlies.last_backup, desk.settings.backup_dir)
    newest = last.night if last else None
    if newest is not None and newest >= night:
        return None
    text = messages.backup_failed(night, Trouble(facts["why"]), newest)
    return await hearers.private(session, claim, text)


async def restored(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """To a coordinator; to whoever hears for an OPD."""
    debt = claim.debt
    at = datetime.fromisoformat(debt.facts["at"])
    if debt.opd_id is None:
        return await hearers.private(session, claim, messages.restored(desk, at, None))
    opd = await chats.by_id(session, debt.opd_id)
    text, keyboard = messages.restored(desk, at, opd), keyboards_city.for_notice(opd.code)
    return await hearers.letter(session, claim, opd, text, keyboard)
