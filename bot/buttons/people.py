"""Who holds a post, and which group belongs to which OPD."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons.button import Button


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
