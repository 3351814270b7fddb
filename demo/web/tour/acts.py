"""What a step of the tour is made of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from db.engine import Session
from demo.telegram import Message
from demo.web.stage import Stage


@dataclass(frozen=True, slots=True)
class Seen:
    """What a deed may look at. `since`: the bubbles that there were when the tour began; `read`:
    of a person's private chat, whether its newest message was seen."""

    stage: Stage
    session: Session
    since: int
    read: Callable[[str], bool]

    def said(self, who: str, where: str = "") -> list[Message]:
        """By the bot to this person in private, or in that OPD's group, since the tour began."""
        chat = self.stage.group(where) if where else self.stage.actor(who).chat(self.stage.bot)
        new = self.stage.telegram.transcript[self.since :]
        return [one for one in new if one.chat is chat and one.sender is self.stage.bot]


Done = Callable[[Seen], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Deed:
    """`example` can be put into the box. `clock`: where the clock is to be sent."""

    text: str
    done: Done
    example: str = ""
    clock: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """`who` is a part in the cast (Stage.actor), `where` the OPD whose group it happens in; empty
    in private. To be that person and to open that chat are its first acts."""

    who: str
    where: str
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    why: str
    parts: tuple[Part, ...]

    @property
    def deeds(self) -> list[Deed]:
        return [deed for part in self.parts for deed in part.deeds]
