"""What a coordinator does to items that were confirmed, and which count."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons.button import Button


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
