"""What is said of a checklist that came from a file."""

from __future__ import annotations

from bot import words
from bot.context import Desk
from db.chats import OpdFacts
from db.reports.imported import Imported


def imported(desk: Desk, opd: OpdFacts, news: Imported) -> str:
    """To the OPD's group, or to who hears in its place."""
    return words.render("imported", opd=opd, news=news, zone=desk.settings.timezone)
