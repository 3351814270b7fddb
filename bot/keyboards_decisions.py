"""Which buttons stand under what waits for a decision: obstacles and later deadlines."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import (
    Close,
    Deny,
    Forward,
    Grant,
    Obstruct,
    Postpone,
    Reply,
    ShowExtension,
    ShowObstacle,
    in_rows,
    rows,
)
from db.reports.cards import Card
from db.reports.decisions import Decision
from db.reports.extensions import ExtensionFacts
from db.reports.obstacles import ObstacleFacts

Row = list[InlineKeyboardButton]


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


def under_digest(decisions: Sequence[Decision]) -> list[Row]:
    """A row for each decision that a digest names."""
    return [_listed(one) for one in decisions]


def under_card(card: Card, *, may_report: bool, may_postpone: bool) -> Row:
    """What an OPD can say of an item that it cannot finish in time."""
    code, item, acts = card.opd.code, card.item, []
    if may_report and item.is_open:
        acts.append(Obstruct(code, item.number).labelled("⚠️ Kendala"))
    if may_postpone and item.is_open and not card.pending.asked:
        acts.append(Postpone(code, item.number).labelled("🗓 Minta perpanjangan"))
    return acts


def _listed(one: Decision) -> Row:
    if one.extension:
        shown = ShowExtension(one.extension).labelled(f"🗓 {one.opd} {one.number}")
        return [shown, *_decide(one.extension, 1)]
    number = int(one.ref[1:])
    shown = ShowObstacle(number).labelled(f"⚠️ {one.ref} {one.opd}")
    return [shown, Reply(number, 1).labelled("💬 Jawab")]


def _decide(extension: int, listed: int) -> Row:
    return [
        Grant(extension, listed).labelled("👍 Setujui"),
        Deny(extension, listed).labelled("👎 Tolak"),
    ]
