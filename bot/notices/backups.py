"""What the coordinators hear of backups, for whoever runs the server."""

from __future__ import annotations

import asyncio
from datetime import date

from bot import messages
from bot.context import Desk
from bot.letter import Letter
from db import people
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
