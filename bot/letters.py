"""Every kind of message that can be owed, and who writes it when its turn has come.

A writer gets the claim and a view of the database, and returns the letter; None if there is
nothing left to say. Raises Unheard where whoever it was owed to cannot hear it any more.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.context import Desk
from bot.letter import Letter
from bot.notices import (
    alarms,
    auditing,
    backups,
    changes,
    extensions,
    imports,
    instructions,
    news,
    nudges,
    obstacles,
    reviews,
)
from bot.ticks import digest, escalations, outages, reminders
from db.engine import Session
from db.owed import Claim

__all__ = ["LETTERS", "Letter"]

Writer = Callable[[Desk, Session, Claim], Awaitable[Letter | None]]

LETTERS: dict[str, Writer] = {
    "added": changes.added,
    "appointed": news.appointed,
    "backup_failed": backups.failed,
    "complaint": instructions.complaint,
    "digest": digest.letter,
    "dismissed": news.dismissed,
    "displaced": alarms.displaced,
    "dropped": changes.dropped,
    "ended": news.ended,
    "escalated": escalations.letter,
    "extension": extensions.asked,
    "extension_decided": extensions.decided,
    "imported": imports.letter,
    "instruction": instructions.instruction,
    "late_mail": auditing.late_mail,
    "lost_topic": alarms.lost_topic,
    "moved": changes.moved,
    "moved_group": news.moved_group,
    "no_head": alarms.no_head,
    "nudge": nudges.nudge,
    "obstacle": obstacles.reported,
    "obstacle_forwarded": obstacles.forwarded,
    "obstacle_passed": obstacles.passed,
    "obstacle_told": obstacles.told,
    "offer": news.offer,
    "outage": outages.letter,
    "relieved": news.relieved,
    "reminder": reminders.letter,
    "restored": backups.restored,
    "reviewed": reviews.reviewed,
    "undeliverable": auditing.undeliverable,
    "undone": changes.undone,
    "unreachable": alarms.unreachable,
    "unreachable_person": alarms.unreachable_person,
    "was_deaf": auditing.was_deaf,
}
