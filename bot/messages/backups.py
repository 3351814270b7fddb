"""What coordinators hear of backups."""

from __future__ import annotations

from datetime import date

from bot import words
from db.archive.trouble import Trouble


def backup_failed(night: date, why: Trouble, last: date | None) -> str:
    """`last`: the night of the newest one that there is."""
    return words.render("backup_failed", night=night, why=why.value, last=last)
