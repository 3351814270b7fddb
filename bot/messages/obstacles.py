"""What is said about obstacles, to the OPD that has one and to those who must act on it."""

from __future__ import annotations

from collections.abc import Sequence

from bot import words
from bot.context import Desk
from bot.reading.obstacles import LABELS
from db.reports.obstacles import ObstacleFacts, Step


def obstacle(desk: Desk, told: ObstacleFacts) -> str:
    """All there is about it. Its number stands first: who replies to it answers it."""
    now, calendar = desk.now(), desk.calendar
    days = calendar.working_days_after(calendar.local(told.at).date(), now.date())
    category, zone = LABELS[told.category], desk.settings.timezone
    return words.render("obstacle", told=told, category=category, days=days, now=now, zone=zone)


def obstacle_received(told: ObstacleFacts, more: Step | None, coordinators: int) -> str:
    """The OPD's receipt. `more`: the words that were added to an open one. `coordinators`: how
    many hear it."""
    text, category = (more or told).text, LABELS[told.category]
    return words.render(
        "obstacle_received",
        told=told,
        is_more=more is not None,
        text=text,
        category=category,
        coordinators=coordinators,
    )


def obstacle_told(told: ObstacleFacts, step: Step, unheard: Sequence[str] | None = None) -> str:
    """An answer, or the end of it: to the OPD; with `unheard` (the OPD in which nobody can be
    told) the receipt of who said it."""
    return words.render("obstacle_told", told=told, step=step, unheard=unheard)


def obstacle_passed(told: Sequence[ObstacleFacts]) -> str:
    """Their items, all of one OPD, were confirmed, and they are open still."""
    return words.render("obstacle_passed", told=told, labels=LABELS)
