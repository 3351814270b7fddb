"""Confirmations pouring in: every one with an item of its own, so that its effect can be told."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from demo.telegram import Message, PopUp
from tests.crash.stage import City, Office


@dataclass(frozen=True)
class Said:
    """One confirmation. `source`: what the audit log calls it."""

    office: Office
    number: int
    what: Message | PopUp

    @property
    def source(self) -> str:
        chat = self.office.group.id
        if isinstance(self.what, PopUp):
            return f"press:{chat}:{self.what.message.id}:{self.what.id}"
        return f"message:{chat}:{self.what.id}"


@dataclass
class Crowd:
    """Every secretary of the city. `share` of what they do is pressing a button."""

    city: City
    chance: random.Random
    share: float = 0.25
    said: list[Said] = field(default_factory=list)

    def speaks(self) -> None:
        """Somebody confirms the next item of theirs; nobody has any left: nothing happens."""
        busy = [office for office in self.city.offices if office.left]
        if not busy:
            return
        office = self.chance.choice(busy)
        number = office.left.pop(0)
        own = [m for m in office.group.messages if m.sender is self.city.tuntas]
        what: Message | PopUp
        if own and self.chance.random() < self.share:
            what = office.secretary.forges(own[-1], f"done:{office.code}:{number}")
        else:
            words = f"/done@{self.city.tuntas.username} {number}"
            what = office.secretary.says(words, to=office.group)
        self.said.append(Said(office, number, what))

    @asynccontextmanager
    async def pours(self, a_second: float) -> AsyncIterator[None]:
        """They confirm so many a second meanwhile."""
        speaking = asyncio.create_task(self._pour(1 / a_second))
        try:
            yield
        finally:
            speaking.cancel()
            await asyncio.gather(speaking, return_exceptions=True)

    async def _pour(self, gap: float) -> None:
        while True:
            self.speaks()
            await asyncio.sleep(self.chance.uniform(0, 2 * gap))
