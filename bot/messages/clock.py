"""What is said because the clock says so."""

from __future__ import annotations

from bot import words
from bot.context import Desk
from db.chats import OpdFacts
from db.reports.reminders import Reminder


def reminder(desk: Desk, reminder: Reminder) -> str:
    return words.render("reminder", reminder=reminder, now=desk.now(), zone=desk.settings.timezone)


def repeat(text: str) -> str:
    """The first sending is of unknown fate, so this may be the second."""
    return f"{words.render('repeat')}\n{text}"


def lost_topic(opd: OpdFacts) -> str:
    return words.render("lost_topic", opd=opd)
