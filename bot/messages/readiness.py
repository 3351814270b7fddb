"""What is said of how ready the city is, and of what keeps it from being so."""

from __future__ import annotations

from collections.abc import Sequence

from bot import words
from bot.checks.finding import Finding
from db.chats import OpdFacts
from db.reports.health import Readiness

MOST = 2  # sections of one kind, such as groups that refuse for different reasons


def readiness(ready: Readiness, wants: Sequence[Finding]) -> str:
    """To a coordinator, in private."""
    names = [one.name for one in wants]
    few = [one for n, one in enumerate(wants) if names[:n].count(one.name) < MOST]
    return words.render("readiness", ready=ready, wants=few)


def readiness_here(ready: Readiness, here: OpdFacts | None, beside: Sequence[str]) -> str:
    """To a group. `here`: the OPD of this group or topic; `beside`: the codes of all of the
    group's OPD."""
    return words.render("readiness_here", ready=ready, here=here, beside=beside)
