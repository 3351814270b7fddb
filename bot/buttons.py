"""Inline buttons and the callback data behind them: packed and unpacked here only.

A button is a frozen set of facts; its data is `word:fact:fact`, at most 64 bytes (Bot API,
InlineKeyboardButton). What Telegram hands back is untrusted: it must match to the letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

LONGEST = 24  # characters of a fact
FACT = {"int": r"([0-9]{1,12})", "str": rf"([A-Za-z0-9_-]{{1,{LONGEST}}})"}


class Button:
    """Subclasses are frozen dataclasses of `int` and `str` facts, with the WORD of their data."""

    WORD: ClassVar[str]

    @classmethod
    def pattern(cls) -> re.Pattern[str]:
        facts = "".join(":" + FACT[str(f.type)] for f in fields(cls))  # type: ignore[arg-type]
        return re.compile(rf"\A{cls.WORD}{facts}\Z", re.ASCII)

    def pack(self) -> str:
        facts = [str(getattr(self, f.name)) for f in fields(self)]  # type: ignore[arg-type]
        return ":".join([self.WORD, *facts])

    @classmethod
    def unpack(cls, data: str) -> Self:
        match = cls.pattern().match(data)
        assert match, "routes.py matches the pattern first"
        kinds = [str(f.type) for f in fields(cls)]  # type: ignore[arg-type]
        facts: list[Any] = [
            int(value) if kind == "int" else value
            for kind, value in zip(kinds, match.groups(), strict=True)
        ]
        return cls(*facts)

    def labelled(self, label: str) -> InlineKeyboardButton:
        return InlineKeyboardButton(label, callback_data=self.pack())


@dataclass(frozen=True)
class Done(Button):
    """“Item N of this OPD is finished.” The OPD is in it: a chat can change its OPD."""

    WORD = "done"
    opd: str
    number: int


@dataclass(frozen=True)
class Withdraw(Button):
    WORD = "back"
    opd: str
    number: int


@dataclass(frozen=True)
class WithdrawSome(Button):
    """`numbers`: as people say them, `3_7_10-12`."""

    WORD = "backsome"
    opd: str
    numbers: str


@dataclass(frozen=True)
class Page(Button):
    """One page of an OPD's list; the first is 1."""

    WORD = "list"
    opd: str
    page: int


@dataclass(frozen=True)
class Listing(Button):
    """The list in a message of its own: what the pressed one says must stay there."""

    WORD = "below"
    opd: str


@dataclass(frozen=True)
class Card(Button):
    WORD = "card"
    opd: str
    number: int


@dataclass(frozen=True)
class Verify(Button):
    WORD = "ok"
    opd: str
    number: int


@dataclass(frozen=True)
class Queue(Button):
    """What waits to be verified behind this item. `only`: 1 within its OPD, 0 of all."""

    WORD = "queue"
    opd: str
    number: int
    only: int


@dataclass(frozen=True)
class Accept(Button):
    """Verify it, and show the next of the queue."""

    WORD = "accept"
    opd: str
    number: int
    only: int


@dataclass(frozen=True)
class AcceptAll(Button):
    """Verify all of an OPD that the queue counted: confirmed by the event `until`, or earlier."""

    WORD = "acceptall"
    opd: str
    until: int
    only: int


@dataclass(frozen=True)
class Exclude(Button):
    """The coordinator takes the item out of the counts; the reason is asked for."""

    WORD = "skip"
    opd: str
    number: int


@dataclass(frozen=True)
class Include(Button):
    """Back into the counts."""

    WORD = "keep"
    opd: str
    number: int


@dataclass(frozen=True)
class SendBack(Button):
    """The coordinator returns the item; the reason is asked for."""

    WORD = "mend"
    opd: str
    number: int


@dataclass(frozen=True)
class Attach(Button):
    """What is sent next in private is evidence of this item."""

    WORD = "attach"
    opd: str
    number: int


@dataclass(frozen=True)
class Proofs(Button):
    """The evidence of this item."""

    WORD = "proofs"
    opd: str
    number: int


@dataclass(frozen=True)
class FileOf(Button):
    """Send a file of evidence again."""

    WORD = "file"
    opd: str
    evidence: int


@dataclass(frozen=True)
class Choose(Button):
    """Which way, counted from 0, a question that a draft keeps was meant."""

    WORD = "which"
    draft: int
    way: int


@dataclass(frozen=True)
class Save(Button):
    WORD = "save"
    draft: int


@dataclass(frozen=True)
class Discard(Button):
    WORD = "drop"
    draft: int


@dataclass(frozen=True)
class Undo(Button):
    """A saved bundle is taken back."""

    WORD = "undo"
    bundle: int


@dataclass(frozen=True)
class NotThem(Button):
    """The tenure that a link gave goes to somebody it was not meant for."""

    WORD = "notme"
    tenure: int


@dataclass(frozen=True)
class InviteOperator(Button):
    WORD = "inviteop"
    opd: str


@dataclass(frozen=True)
class LinkHere(Button):
    """Link the group in which the button stands to this OPD."""

    WORD = "link"
    opd: str


@dataclass(frozen=True)
class Claim(Button):
    """Link the group in which the button stands by this token, as somebody with a name."""

    WORD = "claim"
    token: str


@dataclass(frozen=True)
class CityPage(Button):
    """One page of the city's OPD."""

    WORD = "city"
    page: int


@dataclass(frozen=True)
class AsItem(Button):
    """Whether (1) or not (0) an instruction that is not sent yet creates an item as well."""

    WORD = "asitem"
    draft: int
    wanted: int


@dataclass(frozen=True)
class Acknowledge(Button):
    """“This OPD has received the instruction.” `listed`: 1 where it stands under a reminder, which
    stays as it is."""

    WORD = "got"
    opd: str
    instruction: int
    listed: int


@dataclass(frozen=True)
class InstructionFile(Button):
    """The file that goes along with an instruction to this OPD."""

    WORD = "ifile"
    opd: str
    instruction: int


@dataclass(frozen=True)
class Acknowledged(Button):
    """Who has acknowledged an instruction by now."""

    WORD = "gotby"
    instruction: int


@dataclass(frozen=True)
class RecapPage(Button):
    """One page of the table behind the digest."""

    WORD = "recap"
    page: int


@dataclass(frozen=True)
class Obstruct(Button):
    """Something keeps the OPD from this item (0: from one that is asked for, too); what it is is
    asked for."""

    WORD = "snag"
    opd: str
    number: int


@dataclass(frozen=True)
class Forward(Button):
    """The obstacle goes to the Sekda at once."""

    WORD = "up"
    obstacle: int


@dataclass(frozen=True)
class Reply(Button):
    """The obstacle is answered; the words are asked for. `listed`: 1 where it stands under a
    digest, which stays as it is."""

    WORD = "reply"
    obstacle: int
    listed: int


@dataclass(frozen=True)
class ShowObstacle(Button):
    """All there is about it, below the digest that names it."""

    WORD = "show"
    obstacle: int


@dataclass(frozen=True)
class ShowExtension(Button):
    """As ShowObstacle."""

    WORD = "showlater"
    extension: int


@dataclass(frozen=True)
class Close(Button):
    """The obstacle is over."""

    WORD = "shut"
    obstacle: int


@dataclass(frozen=True)
class Postpone(Button):
    """A later deadline is wished for; date and reason are asked for."""

    WORD = "later"
    opd: str
    number: int


@dataclass(frozen=True)
class Grant(Button):
    """The later deadline holds. `listed`: as of Reply."""

    WORD = "grant"
    extension: int
    listed: int


@dataclass(frozen=True)
class Deny(Button):
    """The deadline stays. `listed`: as of Reply."""

    WORD = "deny"
    extension: int
    listed: int


@dataclass(frozen=True)
class NudgeLate(Button):
    """Remind the OPD that have items past their deadline."""

    WORD = "nudge"


def rows(*lines: list[InlineKeyboardButton]) -> InlineKeyboardMarkup | None:
    """A keyboard of the lines that have buttons, or none."""
    filled = [line for line in lines if line]
    return InlineKeyboardMarkup(filled) if filled else None


def in_rows(buttons: list[InlineKeyboardButton], most: int = 5) -> list[list[InlineKeyboardButton]]:
    return [buttons[n : n + most] for n in range(0, len(buttons), most)]
