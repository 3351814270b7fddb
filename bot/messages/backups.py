"""What people hear of backups."""

from __future__ import annotations

from datetime import date, datetime

from bot import words
from bot.context import Desk
from db.archive.trouble import Trouble
from db.chats import OpdFacts


def backup_failed(night: date, why: Trouble, last: date | None) -> str:
    """`last`: the night of the newest one that there is."""
    return words.render("backup_failed", night=night, why=why.value, last=last)


def restored(desk: Desk, at: datetime, opd: OpdFacts | None) -> str:
    """`opd`: whose group or people read it; None for a coordinator."""
    return words.render("restored", at=at.astimezone(desk.settings.timezone), opd=opd)
