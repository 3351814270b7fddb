"""What is said about complaints from SP4N-LAPOR."""

from __future__ import annotations

from collections.abc import Sequence

from bot import words
from bot.context import Desk
from db.complaints import STEPS, ComplaintFacts
from db.people import Holder


def complaint_titles(kind: str, reference: str) -> dict[str, str]:
    """Plain: of each step's item, and of the complaint as a whole, under an empty name."""
    return {step: _title(kind, reference, step) for step in ("", *STEPS)}


def complaint(
    desk: Desk, complaint: ComplaintFacts, unheard: Sequence[str], *, is_new: bool
) -> str:
    """To the coordinator; also of one that was known before."""
    zone = desk.settings.timezone
    return words.render("complaint", complaint=complaint, unheard=unheard, is_new=is_new, zone=zone)


def complaint_notice(desk: Desk, complaint: ComplaintFacts, by: Holder | None) -> str:
    zone = desk.settings.timezone
    return words.render("complaint_notice", complaint=complaint, by=by, zone=zone)


def _title(kind: str, reference: str, step: str) -> str:
    said = words.render("complaint_title", kind=kind, reference=reference, step=step)
    return words.bare(said)
