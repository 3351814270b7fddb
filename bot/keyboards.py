"""Which buttons stand under which message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import (
    LONGEST,
    Attach,
    Button,
    Card,
    Discard,
    Done,
    Exclude,
    Include,
    Listing,
    Obstruct,
    Page,
    Save,
    SendBack,
    Verify,
    Withdraw,
    WithdrawSome,
    in_rows,
    rows,
)
from bot.keyboards_centre import hands
from bot.keyboards_decisions import under_card
from bot.reading.numbers import ranges
from bot.words import clip
from db.chats import OpdFacts
from db.checklist import RETURN
from db.models import CONFIRMED, State
from db.receipts import Receipt
from db.reports.cards import PER_PAGE, ListPage
from db.reports.cards import Card as ItemCard
from db.reports.items import ItemFacts
from db.reports.notices import Reviewed
from db.reports.reminders import Reminder

MOST = 10  # items under one message


def for_receipt(
    receipt: Receipt, attach: Sequence[InlineKeyboardButton] = ()
) -> InlineKeyboardMarkup | None:
    """The list, and the taking back of what was confirmed. `attach`: where evidence is asked
    for and missing."""
    code = receipt.opd.code
    done = receipt.done if receipt.verb == "submit" else ()
    back = [one.labelled("↩️ Batalkan") for one in _back(code, [line.number for line in done])]
    return rows([*attach], [Listing(code).labelled("📋 Daftar"), *back])


def for_reminder(reminder: Reminder) -> InlineKeyboardMarkup | None:
    """One ✋ for each instruction named, one ✅ for each pressing item, the whole list, and what
    keeps the OPD from one of them."""
    pressing = [item.number for item in reminder.pressing]
    return rows(hands(reminder.opd.code, reminder.named), *_to_do(reminder.opd, pressing))


def for_late(opd: OpdFacts, numbers: Sequence[int]) -> InlineKeyboardMarkup | None:
    """What the head of an OPD hears is too late: as under its reminder."""
    return rows(*_to_do(opd, numbers))


def for_reviewed(opd: OpdFacts, told: Reviewed) -> InlineKeyboardMarkup | None:
    """What an OPD hears of a review: what counts as open again can be finished; to what was
    returned, better evidence can be given."""
    opened = [item.number for item in told.items if item.is_open][:MOST]
    if not opened:
        return None
    returned = opened if told.verb == RETURN else []
    *done, last = _to_do(opd, opened)
    return rows(*done, *in_rows(_clips(opd.code, returned)), last)


def _clips(code: str, numbers: Sequence[int]) -> list[InlineKeyboardButton]:
    if len(numbers) == 1:
        return [Attach(code, numbers[0]).labelled("📎 Lampirkan")]
    return [Attach(code, number).labelled(f"📎 {number}") for number in numbers]


def _to_do(opd: OpdFacts, numbers: Sequence[int]) -> list[list[InlineKeyboardButton]]:
    done = [Done(opd.code, number).labelled(f"✅ {number}") for number in numbers]
    obstacle = [Obstruct(opd.code, 0).labelled("⚠️ Kendala")] if done else []
    return [*in_rows(done), [Listing(opd.code).labelled("📋 Daftar"), *obstacle]]


def _back(code: str, numbers: Sequence[int]) -> list[Button]:
    """None where more gaps are between them than a button holds."""
    if len(numbers) == 1:
        return [Withdraw(code, numbers[0])]
    said = ranges(numbers).replace(", ", "_").replace("–", "-")
    return [WithdrawSome(code, said)] if 0 < len(said) <= LONGEST else []


STATE = {
    State.OPEN: "⬜",
    State.RETURNED: "↩️",
    State.SUBMITTED: "🕓",
    State.VERIFIED: "☑️",
    State.NOT_APPLICABLE: "➖",
}


def for_page(page: ListPage, now: datetime) -> InlineKeyboardMarkup | None:
    """A button for each item, and the way to the neighbouring pages."""
    code = page.opd.code
    items = [
        [Card(code, item.number).labelled(f"{_mark(item, now)} {_short(item)}")]
        for item in page.items
    ]
    earlier = [Page(code, page.page - 1).labelled("◀️")] if page.page > 1 else []
    later = [Page(code, page.page + 1).labelled("▶️")] if page.page < page.pages else []
    return rows(*items, [*earlier, *later])


def for_card(
    card: ItemCard,
    proofs: Sequence[InlineKeyboardButton] = (),
    *,
    may_confirm: bool,
    may_review: bool,
    may_postpone: bool = False,
) -> InlineKeyboardMarkup | None:
    """What this person may do to the item now, and the way back to its page. `proofs`: what leads
    to its evidence (bot.keyboards_evidence)."""
    code, item = card.opd.code, card.item
    acts = []
    if may_confirm and item.is_open:
        acts.append(Done(code, item.number).labelled(f"✅ {item.number}"))
    if may_confirm and item.state is State.SUBMITTED:
        acts.append(Withdraw(code, item.number).labelled("↩️ Batalkan"))
    if may_review and item.state is State.SUBMITTED:
        acts.append(Verify(code, item.number).labelled("✅ Verifikasi"))
    if may_review and item.state in CONFIRMED:
        acts.append(SendBack(code, item.number).labelled("↩️ Kembalikan"))
    if may_review and item.state is State.NOT_APPLICABLE:
        acts.append(Include(code, item.number).labelled("➕ Relevan"))
    if may_review and item.is_open:
        acts.append(Exclude(code, item.number).labelled("➖ Tidak relevan"))
    cannot = under_card(card, may_report=may_confirm, may_postpone=may_postpone)
    back = [Page(code, page_of(item.number)).labelled("📋 Daftar")]
    return rows(acts, [*proofs], cannot, back)


def page_of(number: int) -> int:
    """The page on which an item stands while no number before it was dropped."""
    return -(-number // PER_PAGE)


def _short(item: ItemFacts) -> str:
    return f"{item.number}. {clip(item.title, 40)}"


def _mark(item: ItemFacts, now: datetime) -> str:
    return "⏰" if item.is_late(now) else STATE[item.state]


def for_preview(draft: int) -> InlineKeyboardMarkup | None:
    return rows([Save(draft).labelled("✅ Simpan"), Discard(draft).labelled("✖️ Jangan simpan")])
