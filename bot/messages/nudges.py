"""What is said when an OPD is reminded by a person."""

from __future__ import annotations

from bot import words
from bot.context import Desk
from db.nudges import Nudged
from db.people import Holder
from db.reports.reminders import Reminder


def nudge(desk: Desk, reminder: Reminder, by: Holder | None) -> str:
    """To the OPD; short, whatever its reminder said today. `by`: who reminds, named by the post
    that they held then."""
    return words.render("nudge", reminder=reminder, by=by, now=desk.now())


def nudged(found: Nudged) -> str:
    """To who sent it; it fits into a pop-up."""
    return words.render("nudged", found=found)
