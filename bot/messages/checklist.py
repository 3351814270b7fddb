"""What is said about a checklist and its items."""

from __future__ import annotations

from collections.abc import Collection

from bot import words
from bot.context import Desk
from bot.reading.obstacles import LABELS
from db.chats import OpdFacts
from db.receipts import Receipt
from db.reports.cards import Card, ListPage
from db.reports.notices import Reviewed
from db.reports.queue import Queue


def listing(desk: Desk, page: ListPage) -> str:
    return words.render("listing", page=page)


def card(desk: Desk, card: Card) -> str:
    now, zone = desk.now(), desk.settings.timezone
    return words.render("card", card=card, item=card.item, now=now, zone=zone, labels=LABELS)


def queue(desk: Desk, queue: Queue, scope: str) -> str:
    """Whose turn it is to be verified, and how many wait. `scope`: an OPD's code, or none."""
    card = queue.card
    facts: dict[str, object] = {"card": card, "item": card and card.item}
    facts |= {"now": desk.now(), "zone": desk.settings.timezone, "labels": LABELS}
    return words.render("queue", queue=queue, scope=scope, **facts)


def reviewed(receipt: Receipt, unheard: Collection[str] = ()) -> str:
    """The coordinator's receipt of a review. `unheard`: OPD in which nobody can be told."""
    return words.render("reviewed", receipt=receipt, unheard=unheard)


def reviewed_notice(opd: OpdFacts, told: Reviewed) -> str:
    """What the OPD's group hears of a review."""
    return words.render("reviewed_notice", opd=opd, told=told)
