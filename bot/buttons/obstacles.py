"""Obstacles and requests for a later deadline, from both ends."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons.button import Button


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
class OpenMatters(Button):
    """One page of what is open, from 1, of an OPD or (`-`) of all. `listed`: 1 where it leads there
    from a message that stays as it is."""

    WORD = "open"
    opd: str
    page: int
    listed: int


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
