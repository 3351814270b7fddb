"""What coordinators hear of the bot's own health."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot import words
from db.reports.health import Lot

NAMED = 5  # OPD


def late_mail(lots: Sequence[Lot]) -> str:
    opd = sorted({code for lot in lots for code in lot.opd})
    return words.render("late_mail", count=sum(lot.count for lot in lots), opd=opd[:NAMED])


def undeliverable(count: int) -> str:
    return words.render("undeliverable", count=count)


def was_deaf(at: datetime) -> str:
    return words.render("was_deaf", at=at)
