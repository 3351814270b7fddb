"""What is said about groups: linked, unlinked, not linked yet, out of reach."""

from __future__ import annotations

from collections.abc import Sequence

from bot import words
from db.chats import OpdFacts


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
    return words.render("unreachable", opds=opds)
