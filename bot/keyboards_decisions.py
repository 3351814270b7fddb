"""Which buttons stand under what waits for a decision: obstacles and later deadlines."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import (
    Card,
    Close,
    Deny,
    Forward,
    Grant,
    Obstruct,
    OpenMatters,
    Postpone,
    Reply,
    ShowExtension,
    ShowObstacle,
    in_rows,
    rows,
)
from db.reports.cards import Card as ItemCard
from db.reports.decisions import Decision
from db.reports.extensions import ExtensionFacts
from db.reports.matters import Matters
from db.reports.obstacles import ObstacleFacts

Row = list[InlineKeyboardButton]
ALL = "-"  # instead of an OPD's code


def for_obstacle(told: ObstacleFacts, *, may_forward: bool) -> InlineKeyboardMarkup | None:
    """Until it is closed."""
    if not told.is_open:
        return None
    number, can_go_up = told.number, may_forward and not told.forwarded_at
    up = [Forward(number).labelled("⬆️ Teruskan ke Sekda")] if can_go_up else []
    return rows([Reply(number, 0).labelled("💬 Jawab"), Close(number).labelled("✔️ Tutup")], up)


def for_answered(told: ObstacleFacts) -> InlineKeyboardMarkup | None:
    return for_passed([told]) if told.is_open else None


def for_passed(told: Sequence[ObstacleFacts]) -> InlineKeyboardMarkup | None:
    closes = [Close(one.number).labelled(f"✔️ Tutup K{one.number}") for one in told]
    return rows(*in_rows(closes, 2))


def for_extension(asked: ExtensionFacts) -> InlineKeyboardMarkup | None:
    """Until somebody decided, or nobody can any more."""
    return rows(_decide(asked.id, 0)) if asked.is_waiting else None


def for_matters(found: Matters, scope: str, *, may_decide: bool) -> InlineKeyboardMarkup | None:
    """For those who decide as under a digest; an OPD opens the cards of its items. `scope`: the
    OPD's code, or ALL."""
    named = [one.decision for one in found.named]
    numbers = dict.fromkeys((one.opd, one.number) for one in named)
    cards = [Card(*of).labelled(f"📄 Butir {of[1]}") for of in numbers]
    earlier = [_page(scope, found.page - 1).labelled("◀️")] if found.page > 1 else []
    later = [_page(scope, found.page + 1).labelled("▶️")] if found.page < found.pages else []
    lines = under_digest(named) if may_decide else in_rows(cards, 3)
    return rows(*lines, [*earlier, *later])


def to_matters() -> Row:
    """From a message that stays as it is to what is open in all OPD."""
    return [OpenMatters(ALL, 1, 1).labelled("📂 Semua kendala dan permintaan")]


def under_digest(decisions: Sequence[Decision]) -> list[Row]:
    """A row for each decision that a digest names."""
    return [_listed(one) for one in decisions]


def under_card(card: ItemCard, *, may_report: bool, may_postpone: bool) -> Row:
    """What an OPD can say of an item that it cannot finish in time."""
    code, item, acts = card.opd.code, card.item, []
    if may_report and item.is_open:
        acts.append(Obstruct(code, item.number).labelled("⚠️ Kendala"))
    if may_postpone and item.is_open and not card.pending.asked:
        acts.append(Postpone(code, item.number).labelled("🗓 Minta perpanjangan"))
    return acts


def _page(scope: str, number: int) -> OpenMatters:
    return OpenMatters(scope, number, 0)


def _listed(one: Decision) -> Row:
    if one.extension:
        shown = ShowExtension(one.extension).labelled(f"🗓 {one.opd} {one.number}")
        return [shown, *_decide(one.extension, 1)]
    shown = ShowObstacle(one.obstacle).labelled(f"⚠️ {one.ref} {one.opd}")
    return [shown, Reply(one.obstacle, 1).labelled("💬 Jawab")]


def _decide(extension: int, listed: int) -> Row:
    return [
        Grant(extension, listed).labelled("👍 Setujui"),
        Deny(extension, listed).labelled("👎 Tolak"),
    ]
