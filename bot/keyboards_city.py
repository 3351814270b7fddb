"""Which buttons stand under what coordinators and the Sekda do and see, and under its notices."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from bot.buttons import CityPage, Done, Page, Undo, in_rows, rows
from db.reports.changes import Change
from db.reports.city import CityPage as CityFacts


def for_bundle(bundle: int) -> InlineKeyboardMarkup | None:
    return rows([Undo(bundle).labelled("↩️ Urungkan")])


def for_notice(code: str, added: Change | None = None) -> InlineKeyboardMarkup | None:
    """The list; under what was added a ✅ too."""
    lines = added.lines if added else ()
    done = [Done(code, line.number).labelled(f"✅ {line.number}") for line in lines]
    return rows(*in_rows(done), [Page(code, 1).labelled("📋 Daftar")])


def for_city(city: CityFacts) -> InlineKeyboardMarkup | None:
    """Each OPD's list, and the neighbouring pages."""
    lists = [Page(opd.code, 1).labelled(opd.code) for opd in city.opd]
    earlier = [CityPage(city.page - 1).labelled("◀️")] if city.page > 1 else []
    later = [CityPage(city.page + 1).labelled("▶️")] if city.page < city.pages else []
    return rows(*in_rows(lists, 2), [*earlier, *later])
