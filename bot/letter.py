"""A message that is ready to leave."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from db.chats import OpdFacts
from db.engine import Session
from db.living import Life


class Unheard(Exception):
    """Whom it was owed to cannot hear it any more: there is no group, or they left the post. (None
    instead of a letter: there is nothing left to say.)"""


OnSent = Callable[[Session], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Letter:
    """`on_sent` runs in the transaction that records the sending (what was heard, say). `life`: how
    it follows the state afterwards, where its words do too; its buttons always do."""

    chat_id: int
    text: str
    keyboard: InlineKeyboardMarkup | None = None
    topic: int = 0
    is_silent: bool = False
    on_sent: OnSent | None = None
    life: Life | None = None


def to_group(
    opd: OpdFacts,
    text: str,
    keyboard: InlineKeyboardMarkup | None = None,
    on_sent: OnSent | None = None,
) -> Letter:
    assert opd.chat_id, "asked of an OPD with a group only"
    return Letter(opd.chat_id, text, keyboard, opd.topic_id, on_sent=on_sent)
