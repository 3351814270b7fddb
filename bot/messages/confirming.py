"""What is said about confirmations."""

from __future__ import annotations

from bot import words
from bot.context import Desk
from db.people import Holder
from db.receipts import Receipt


def receipt(desk: Desk, receipt: Receipt, by: Holder) -> str:
    zone = desk.settings.timezone
    at = receipt.at.astimezone(zone)
    return words.render("receipt", receipt=receipt, by=by, at=at, zone=zone)
