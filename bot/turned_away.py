"""Why somebody does not pass the gate."""

from __future__ import annotations

from bot.context import Call
from db.models import Role
from db.refusal import Refusal


class NotYours(Refusal):
    """The post that may do this is another. `opd` is its name where the post is an OPD's.
    `is_newcomer`: who is refused holds no post at all."""

    def __init__(
        self, roles: tuple[Role, ...], opd: str = "", *, is_newcomer: bool = False
    ) -> None:
        self.roles, self.opd, self.is_newcomer = roles, opd, is_newcomer


class Anonymous(Refusal):
    """An anonymous admin: nobody can be credited."""


class NoOpdNamed(Refusal):
    """Who works for the whole city must say which OPD."""


class UnknownChat(Refusal):
    """This group belongs to no OPD."""


def not_yours(call: Call, roles: tuple[Role, ...], opd: str = "") -> NotYours:
    return NotYours(roles, opd, is_newcomer=not call.speaker.posts)
