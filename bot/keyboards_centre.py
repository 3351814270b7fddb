"""Which buttons stand under what the centre tells OPD: instructions and complaints."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import (
    Acknowledge,
    Acknowledged,
    AsItem,
    Discard,
    Done,
    InstructionFile,
    Listing,
    Save,
    Undo,
    in_rows,
    rows,
)
from bot.words import clip
from db.complaints import ComplaintFacts
from db.reports.bundles import BundleFacts
from db.reports.instructions import Sent, Told
from db.reports.responses import Unacknowledged


def for_instruction_preview(draft: int, *, as_item: bool) -> InlineKeyboardMarkup | None:
    other = AsItem(draft, int(not as_item))
    return rows(
        [other.labelled("➖ Tanpa butir" if as_item else "➕ Jadikan butir")],
        [Save(draft).labelled("✅ Simpan"), Discard(draft).labelled("✖️ Jangan simpan")],
    )


def for_instruction(code: str, told: Told) -> InlineKeyboardMarkup | None:
    """✋ until somebody of the OPD pressed it; what goes along; ✅ for what it created."""
    hand = [] if told.response else [Acknowledge(code, told.id, 0).labelled("✋ Diterima")]
    item = told.item
    done = [Done(code, item.number).labelled(f"✅ {item.number}")] if item and item.is_open else []
    listing = [Listing(code).labelled("📋 Daftar")] if item else []
    file = [InstructionFile(code, told.id).labelled(f"📎 {clip(told.file, 40)}")]
    return rows(hand, file if told.file else [], [*done, *listing])


def hands(code: str, waiting: tuple[Unacknowledged, ...]) -> list[InlineKeyboardButton]:
    """Under a reminder: one ✋ for each instruction that it names."""
    return [Acknowledge(code, one.id, 1).labelled(f"✋ I{one.id}") for one in waiting]


def for_sent(sent: Sent, bundle: BundleFacts | None) -> InlineKeyboardMarkup | None:
    can_be_undone = bundle and bundle.is_fresh and not bundle.is_undone
    undo = [Undo(bundle.id).labelled("↩️ Urungkan butir")] if bundle and can_be_undone else []
    return rows([Acknowledged(sent.id).labelled("🔄 Tanggapan"), *undo])


def for_complaint(bundle: BundleFacts) -> InlineKeyboardMarkup | None:
    can_be_undone = bundle.is_fresh and not bundle.is_undone
    return rows([Undo(bundle.id).labelled("↩️ Urungkan")] if can_be_undone else [])


def for_complaint_notice(complaint: ComplaintFacts) -> InlineKeyboardMarkup | None:
    code = complaint.opd.code
    opened = [item for item in complaint.items if item.is_open]
    done = [Done(code, item.number).labelled(f"✅ {item.number}") for item in opened]
    return rows(*in_rows(done), [Listing(code).labelled("📋 Daftar")])
