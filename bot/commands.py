"""What a row of the table of commands and buttons is, and which rows a person sees where."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from telegram.ext import filters

from bot.buttons import Button
from bot.gate import Gate
from bot.way import Handler, Way
from db.models import Role

FRESH = filters.UpdateType.MESSAGE
PRIVATE = FRESH & filters.ChatType.PRIVATE
GROUP = FRESH & filters.ChatType.GROUPS
GREETED = 6


@dataclass(frozen=True, slots=True)
class Command:
    """`names`: the first is the one people learn. `menu`: what the `/` menu says of it, to those
    who hold one of `roles` (none: to everybody). `example`: what follows the command; `more`: what
    else can, with what that does. `is_first`: of those that somebody new in the post needs."""

    names: tuple[str, ...]
    gate: Gate
    handler: Handler
    where: filters.BaseFilter = FRESH
    menu: str = ""
    roles: tuple[Role, ...] = ()
    example: str = ""
    more: tuple[tuple[str, str], ...] = ()
    is_first: bool = False

    @property
    def way(self) -> Way:
        return Way(self.names[0], self.gate, self.handler)

    def is_for(self, roles: Collection[Role], *, is_private: bool) -> bool:
        """Whether somebody in these posts may say it there, as the menu and /bantuan show it."""
        return (
            bool(self.menu)
            and self.is_here(is_private=is_private)
            and (not self.roles or not set(roles).isdisjoint(self.roles))
        )

    def is_here(self, *, is_private: bool) -> bool:
        """Whether it is answered in that kind of chat."""
        return self.where is not (GROUP if is_private else PRIVATE)


@dataclass(frozen=True, slots=True)
class Press:
    button: type[Button]
    gate: Gate
    handler: Handler

    @property
    def way(self) -> Way:
        return Way(self.button.WORD, self.gate, self.handler, is_command=False)


@dataclass(frozen=True, slots=True)
class Link:
    """What the payload of a link to the private chat says: `word-CODE-number`. `way`: of the
    command that is the same in words."""

    word: str
    way: Way

    @property
    def pattern(self) -> filters.BaseFilter:
        said = rf"^/start(?:@\w+)? {self.word}-[A-Za-z0-9_-]{{2,20}}-[0-9]{{1,6}}$"
        return PRIVATE & filters.Regex(said)


def seen(
    commands: Iterable[Command], roles: Collection[Role], *, is_private: bool
) -> list[Command]:
    """In the order of the table, each once."""
    mine = [c for c in commands if c.is_for(roles, is_private=is_private)]
    return list({c.names[0]: c for c in reversed(mine)}.values())[::-1]


def greeting(commands: Iterable[Command], roles: Collection[Role]) -> list[Command]:
    """The few that somebody new in these posts is told of in private."""
    mine = seen(commands, roles, is_private=True)
    return sorted(mine, key=lambda command: not command.is_first)[:GREETED]
