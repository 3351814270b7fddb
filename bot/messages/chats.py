"""What is said about groups: linked, unlinked, not linked yet, out of reach."""

from __future__ import annotations

from collections.abc import Sequence

from bot import words
from db.chats import OpdFacts
from db.people import Holder
from db.reach import CLOSED, REMOVED, SILENCED

SAID = {  # what Telegram says of a group
    SILENCED: ("not enough rights", "have no rights", "write_forbidden"),
    CLOSED: ("topic_closed",),
    "gone": ("chat not found", "was deleted", "deactivated"),
    REMOVED: ("kicked", "not a member"),
}


def linked(opd: OpdFacts, *, is_topic: bool, moved_from: str) -> str:
    """`moved_from`: the title of the group that hears nothing any more."""
    return words.render("linked", opd=opd, is_topic=is_topic, moved_from=moved_from)


def moved_group(opd: OpdFacts) -> str:
    """To a coordinator."""
    return words.render("moved_group", opd=opd)


def unlinked(opd: OpdFacts, *, is_topic: bool) -> str:
    return words.render("unlinked", opd=opd, is_topic=is_topic)


def offer(opds: Sequence[OpdFacts]) -> str:
    """To a group without an OPD; `opds` stand on buttons below."""
    return words.render("offer", opds=opds)


def claim_group() -> str:
    """To an anonymous admin who brought a group's link: a button tells who it is."""
    return words.render("claim_group")


def unreachable(opds: Sequence[OpdFacts]) -> str:
    """To a coordinator."""
    why = [(opd, _why(opd.chat_trouble)) for opd in opds]
    return words.render("unreachable", lost=why, reasons={reason for _, reason in why})


def lost_topic(opds: Sequence[OpdFacts]) -> str:
    """To a coordinator."""
    return words.render("lost_topic", opds=opds)


def displaced(opds: Sequence[OpdFacts]) -> str:
    """To a coordinator."""
    return words.render("displaced", opds=opds)


def unreachable_person(posts: Sequence[Holder]) -> str:
    """To a coordinator."""
    return words.render("unreachable_person", posts=posts)


def _why(trouble: str) -> str:
    """One of the reasons that have a remedy of their own, from ours or Telegram's words."""
    if trouble in (REMOVED, SILENCED, CLOSED):
        return trouble
    said = trouble.lower()
    return next((why for why, signs in SAID.items() if any(sign in said for sign in signs)), "")
