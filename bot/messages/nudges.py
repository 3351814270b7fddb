"""What is said when an OPD is reminded by a person."""

from __future__ import annotations

from bot import words
from bot.context import Desk
from db.nudges import Nudged
from db.reports.reminders import Reminder


def nudge(desk: Desk, reminder: Reminder) -> str:
    """To the OPD; short, whatever its reminder said today."""
    return words.render("nudge", reminder=reminder, now=desk.now())


def nudged(found: Nudged) -> str:
    """To who sent it; it fits into a pop-up."""
    return words.render("nudged", found=found)
