"""What is said about what is kept of people."""

from __future__ import annotations

from bot import words
from bot.context import Desk
from db.privacy import Kept


def kept(desk: Desk, kept: Kept) -> str:
    """To the person themselves."""
    zone = desk.settings.timezone
    return words.render("kept", kept=kept, city=desk.settings.city, zone=zone)
