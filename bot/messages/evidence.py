"""What is said about evidence."""

from __future__ import annotations

from bot import words
from bot.context import Desk
from bot.messages.answers import refusal as refused
from db.chats import OpdFacts
from db.evidence import Attached
from db.refusal import Refusal
from db.reports.cards import Card


def attach_stopped() -> str:
    """What is sent next is meant for no item any more."""
    return words.render("attach_stopped")


def attached(desk: Desk, attached: Attached, refusal: Refusal | None = None) -> str:
    """The receipt. `refusal`: why the file that came along is not kept."""
    why = refused(desk, refusal, "bukti") if refusal else ""
    return words.render("attached", attached=attached, why=why)


def attach(attached: Attached, card: Card | None, *, is_private: bool) -> str:
    """What to send as evidence of these items, and where. `card`: of the only one."""
    return words.render("attach", attached=attached, card=card, is_private=is_private)


def evidence(desk: Desk, card: Card) -> str:
    """All that was handed in for an item, the newest version first."""
    zone = desk.settings.timezone
    return words.render("evidence", card=card, item=card.item, zone=zone)


def evidence_file(opd: OpdFacts, number: int) -> str:
    """Under a file that is sent again."""
    return words.render("evidence_file", opd=opd, number=number)
