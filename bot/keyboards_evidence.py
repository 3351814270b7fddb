"""Which buttons stand under evidence, and lead to it: files are sent and fetched in private alone,
where only who asks sees them. In a group a link leads there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import Attach, Card, Discard, Done, FileOf, Listing, Proofs, rows
from bot.words import clip
from db.evidence import Attached
from db.models import OPEN
from db.reports.cards import Card as ItemCard

ATTACH, SHOW = "bukti", "lihat"  # the words of the links
MOST = 5  # buttons of one kind
FILES = 20  # named one by one


@dataclass(frozen=True, slots=True)
class Where:
    """The chat in which the buttons stand."""

    bot_name: str
    is_private: bool

    def attach(self, code: str, number: int, label: str = "📎 Lampirkan") -> InlineKeyboardButton:
        if self.is_private:
            return Attach(code, number).labelled(label)
        return self._link(ATTACH, code, number, label)

    def proofs(self, code: str, number: int, many: int) -> InlineKeyboardButton:
        if self.is_private:
            return Proofs(code, number).labelled(f"🗂 Bukti ({many})")
        return self._link(SHOW, code, number, f"🗂 Bukti ({many})")

    def _link(self, word: str, code: str, number: int, label: str) -> InlineKeyboardButton:
        url = f"https://t.me/{self.bot_name}?start={word}-{code}-{number}"
        return InlineKeyboardButton(label, url=url)


def attach_to(code: str, numbers: Sequence[int], where: Where) -> list[InlineKeyboardButton]:
    if len(numbers) == 1:
        return [where.attach(code, numbers[0])]
    return [where.attach(code, number, f"📎 {number}") for number in numbers[:MOST]]


def on_card(
    card: ItemCard, where: Where, *, may_attach: bool, may_read: bool
) -> list[InlineKeyboardButton]:
    code, number, many = card.opd.code, card.item.number, len(card.evidence)
    attach = [where.attach(code, number)] if may_attach and card.takes_evidence else []
    return [*attach, *([where.proofs(code, number, many)] if may_read and many else [])]


def for_asking(code: str, numbers: Sequence[int], where: Where) -> InlineKeyboardMarkup | None:
    """In a group: the ways to private."""
    return rows(attach_to(code, numbers, where))


def for_awaiting(draft: int) -> InlineKeyboardMarkup | None:
    """In private, where files are awaited."""
    return rows([Discard(draft).labelled("✖️ Batal")])


def for_attached(attached: Attached) -> InlineKeyboardMarkup | None:
    """What is not confirmed yet can be, now that its evidence is there."""
    code = attached.opd.code
    open_ = [line.number for line in attached.lines if line.pieces and line.state in OPEN]
    done = [Done(code, number).labelled(f"✅ {number}") for number in open_[:MOST]]
    return rows(done, [Listing(code).labelled("📋 Daftar")])


def for_proofs(card: ItemCard, *, may_attach: bool) -> InlineKeyboardMarkup | None:
    """Each file, to be sent again; the newest where they are many."""
    code, number = card.opd.code, card.item.number
    files = [one for one in card.evidence if one.is_file][-FILES:]
    fetch = [[FileOf(code, one.id).labelled(f"📄 {clip(one.name, 40)}")] for one in files]
    attach = [Attach(code, number).labelled("📎 Lampirkan")] if may_attach else []
    return rows(*fetch, [*attach, Card(code, number).labelled("◀️ Butir")])
