"""What is said of all that is open between OPD and those who decide."""

from __future__ import annotations

from bot import words
from bot.context import Desk
from bot.reading.obstacles import LABELS
from db.chats import OpdFacts
from db.reports.matters import Matters


def matters(desk: Desk, found: Matters, opd: OpdFacts | None, *, may_decide: bool) -> str:
    """`opd`: whose they are; None for those of all. `may_decide`: else it is told how to say what
    keeps the OPD from an item."""
    zone = desk.settings.timezone
    facts = {"found": found, "opd": opd, "may_decide": may_decide, "zone": zone}
    return words.render("matters", **facts, labels=LABELS)
