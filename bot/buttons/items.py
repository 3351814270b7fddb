"""What is done to an item by its OPD, and looked at: list, card, evidence."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons.button import Button


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
