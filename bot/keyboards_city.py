"""Which buttons stand under what coordinators and the Sekda do and see, and under its notices."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import (
    Accept,
    AcceptAll,
    CityPage,
    Done,
    Listing,
    NudgeLate,
    Page,
    RecapPage,
    SendBack,
    Undo,
    in_rows,
    rows,
)
from bot.buttons import Queue as Turn
from bot.keyboards_decisions import to_matters, under_digest
from db.reports.changes import Change
from db.reports.city import CityPage as CityFacts
from db.reports.digest import Digest
from db.reports.queue import Queue
from db.reports.recap import Recap


def for_bundle(bundle: int) -> InlineKeyboardMarkup | None:
    return rows([Undo(bundle).labelled("↩️ Urungkan")])


def for_notice(code: str, added: Change | None = None) -> InlineKeyboardMarkup | None:
    """The list; under what was added a ✅ too."""
    lines = added.lines if added else ()
    done = [Done(code, line.number).labelled(f"✅ {line.number}") for line in lines]
    return rows(*in_rows(done), [Listing(code).labelled("📋 Daftar")])


def for_digest(digest: Digest) -> InlineKeyboardMarkup | None:
    """What it asks to decide, and a nudge to the OPD that are late."""
    late = [NudgeLate().labelled("📣 Ingatkan OPD yang terlambat")] if digest.late_opd else []
    more = to_matters() if digest.waiting > len(digest.decisions) else []
    return rows(*under_digest(digest.decisions), more, late)


def for_recap(recap: Recap) -> InlineKeyboardMarkup | None:
    """The neighbouring pages."""
    earlier = [RecapPage(recap.page - 1).labelled("◀️")] if recap.page > 1 else []
    later = [RecapPage(recap.page + 1).labelled("▶️")] if recap.page < recap.pages else []
    return rows([*earlier, *later])


def for_queue(
    queue: Queue, scope: str, proofs: Sequence[InlineKeyboardButton] = ()
) -> InlineKeyboardMarkup | None:
    """Accept, return or leave whose turn it is; or accept all of its OPD. `proofs`: what leads to
    its evidence."""
    if queue.card is None:
        return None
    code, number, only = queue.card.opd.code, queue.card.item.number, int(bool(scope))
    acts = [
        Accept(code, number, only).labelled("✅ Verifikasi"),
        SendBack(code, number).labelled("↩️ Kembalikan"),
    ]
    later = [Turn(code, number, only).labelled("⏭ Berikutnya")] if queue.waiting > 1 else []
    everything = f"✅ Semua {code} ({queue.beside})"
    bulk = [AcceptAll(code, queue.until, only).labelled(everything)] if queue.beside > 1 else []
    return rows([*proofs], acts, later, bulk)


def for_city(city: CityFacts, *, waiting: int = 0) -> InlineKeyboardMarkup | None:
    """Each OPD's list, and the neighbouring pages. `waiting`: to be verified by who reads it."""
    lists = [Page(opd.code, 1).labelled(opd.code) for opd in city.opd]
    earlier = [CityPage(city.page - 1).labelled("◀️")] if city.page > 1 else []
    later = [CityPage(city.page + 1).labelled("▶️")] if city.page < city.pages else []
    queue = [Turn("-", 0, 0).labelled(f"🕓 Antrean ({waiting})")] if waiting else []
    return rows(*in_rows(lists, 2), [*earlier, *later], queue)
