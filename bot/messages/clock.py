"""What is said because the clock says so."""

from __future__ import annotations

from bot import words
from bot.context import Desk
from db.reports.reminders import Reminder


def reminder(desk: Desk, reminder: Reminder, *, is_repeat: bool = False) -> str:
    """`is_repeat`: the first sending is of unknown fate, so this may be a second one."""
    return words.render(
        "reminder",
        reminder=reminder,
        now=desk.now(),
        zone=desk.settings.timezone,
        is_repeat=is_repeat,
    )
