"""Tells what people caused from what nobody asked for, and notes what should not have been said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, time

from demo.telegram import Message
from tests.month.cast import City, is_at_work
from tests.month.ledger import Numbers

OF_THE_CLOCK = ("⏰", "⏫", "Dikonfirmasi ")
REMINDER = "⏰"
OPENS, QUIET = time(8), time(17, 30)


@dataclass
class Watch:
    """`unprompted`: how many in a chat on a day; `reminded`: which OPD
    when, in the group or in private; `before`: what the last digest had to say."""

    city: City
    seen: int = 0
    unprompted: Counter[tuple[int, date]] = field(default_factory=Counter)
    reminded: dict[tuple[str, date], set[bool]] = field(default_factory=dict)
    digests: list[Message] = field(default_factory=list)
    before: tuple[date, Numbers] | None = None
    wrongs: list[str] = field(default_factory=list)

    def after_people(self) -> None:
        """What they said was just answered: only what looks like the clock's is the clock's."""
        for bubble in self._new():
            if bubble.text.startswith(OF_THE_CLOCK):
                self._judge(bubble)

    def after_the_clock(self) -> None:
        """Nobody did anything: all of it is the clock's."""
        for bubble in self._new():
            self._judge(bubble)

    def _new(self) -> list[Message]:
        transcript = self.city.town.telegram.transcript
        new, self.seen = transcript[self.seen :], len(transcript)
        return [b for b in new if b.sender is self.city.town.bot]

    def _judge(self, bubble: Message) -> None:
        now, day = self.city.now, self.city.now.date()
        if not (is_at_work(day) and OPENS <= now.time() < QUIET):
            self._wrong("outside the window", bubble)
        if bubble.text.startswith("Dikonfirmasi "):
            self.digests.append(bubble)
        if self._is_of_an_opd(bubble):
            self.unprompted[bubble.chat.id, day] += 1
            if self.unprompted[bubble.chat.id, day] > 1:
                self._wrong("more than one a day", bubble)
        if bubble.text.startswith(REMINDER):
            self._reminded(bubble, day)

    def _reminded(self, bubble: Message, day: date) -> None:
        """In its group or with its people, not both."""
        code = self.city.ledger.names[bubble.text.split("\n")[0].removeprefix("⏰ ")]
        places = self.reminded.setdefault((code, day), set())
        places.add(bubble.chat.person is None)
        if len(places) > 1:
            self._wrong("in the group and in private", bubble)

    def _is_of_an_opd(self, bubble: Message) -> bool:
        return bubble.chat.person not in (*self.city.coordinators, self.city.sekda)

    def _wrong(self, why: str, bubble: Message) -> None:
        self.wrongs.append(f"{self.city.now:%d/%m %H.%M} {why}: {bubble.chat} {bubble.text[:90]!r}")
