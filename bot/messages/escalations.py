"""What is said of items that went up, since they are late for too long."""

from __future__ import annotations

from collections.abc import Sequence

from bot import words
from db.chats import OpdFacts
from db.reports.escalations import Late

MOST_LATE = 8  # named to a head


def escalated(opd: OpdFacts, items: Sequence[Late]) -> str:
    """To the head of the OPD, in private: MOST_LATE of them by name."""
    return words.render("escalated", opd=opd, late=items, most=MOST_LATE)


def no_head(opds: Sequence[OpdFacts]) -> str:
    """To a coordinator: nobody above these OPD can be told."""
    return words.render("no_head", opds=opds)
