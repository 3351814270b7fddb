"""What is said about later deadlines: asked for, granted, refused."""

from __future__ import annotations

from collections.abc import Sequence

from bot import words
from bot.context import Desk
from db.reports.extensions import ExtensionFacts


def extension(desk: Desk, asked: ExtensionFacts) -> str:
    """To those who decide, and what became of it."""
    return words.render("extension", asked=asked, zone=desk.settings.timezone)


def extension_asked(desk: Desk, asked: ExtensionFacts) -> str:
    """The receipt of who asks."""
    return words.render("extension_asked", asked=asked, zone=desk.settings.timezone)


def extension_decided(
    desk: Desk, asked: ExtensionFacts, unheard: Sequence[str] | None = None
) -> str:
    """To the OPD; with `unheard` (the OPD in which nobody can be told) the receipt of who
    decided."""
    zone = desk.settings.timezone
    return words.render("extension_decided", asked=asked, zone=zone, unheard=unheard)


def extension_settled(desk: Desk, asked: ExtensionFacts) -> str:
    """To who comes too late: how it was decided, or why nobody can."""
    return words.render("extension_settled", asked=asked, zone=desk.settings.timezone)
