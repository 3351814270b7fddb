"""What is said because the clock says so."""

from __future__ import annotations

from datetime import timedelta

from bot import words
from bot.context import Desk
from db.people import Holder
from db.pulse import Span
from db.reports.reminders import Reminder

TYPED_IS_KEPT = timedelta(hours=24)  # by Telegram


def reminder(desk: Desk, reminder: Reminder, to: Holder | None = None) -> str:
    """`to`: who reads it in private, for want of a group."""
    zone = desk.settings.timezone
    return words.render("reminder", reminder=reminder, now=desk.now(), zone=zone, to=to)


def repeat(text: str) -> str:
    """The first sending is of unknown fate, so this may be the second."""
    return f"{words.render('repeat')}\n{text}"


def outage(desk: Desk, away: Span) -> str:
    """What was pressed meanwhile is gone; what was typed is not, for a day."""
    zone = desk.settings.timezone
    span = away.began_at.astimezone(zone), away.ended_at.astimezone(zone)
    return words.render("outage", span=span, long=away.length > TYPED_IS_KEPT)
