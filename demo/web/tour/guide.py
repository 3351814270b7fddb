"""Where the visitor is on the tour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from demo.telegram import Chat, Person
from demo.web.stage import Stage
from demo.web.tour.acts import Deed, Part, Seen, Step
from demo.web.tour.steps import DAY, STEPS
from demo.web.view import Read


class Guide:
    """`at`: how many steps were done; a step once done stays done."""

    def __init__(self, stage: Stage, read: Read) -> None:
        self.stage, self.read = stage, read
        self.since = len(stage.telegram.transcript)
        self.at = 0
        self._done: set[Deed] = set()  # of the step of now

    async def look(self, who: Person, chat: Chat | None) -> dict[str, Any]:
        """As the window sees it in which this person is at this chat."""
        await self._go_on()
        now = STEPS[self.at] if self.at < len(STEPS) else None
        return {
            "at": self.at,
            "day": len(DAY),
            "steps": [self._facts(step, number) for number, step in enumerate(STEPS)],
            "acts": _in_order(self._acts(now, who, chat)) if now else [],
        }

    async def _go_on(self) -> None:
        if (desk := self.stage.machine.desk) is None:
            return
        async with desk.view() as session:
            seen = Seen(self.stage, session, self.since, self._has_read)
            at, done = self.at, self._done  # two windows may look at once
            while at < len(STEPS):
                done = {deed for deed in STEPS[at].deeds if await deed.done(seen)}
                if len(done) < len(STEPS[at].deeds):
                    break
                at, done = at + 1, set()
        if at >= self.at:
            self.at, self._done = at, done

    def _has_read(self, who: str) -> bool:
        person = self.stage.actor(who)
        chat = person.chat(self.stage.bot)
        return self.read.get((person.id, chat.id), 0) >= len(chat.bubbles)

    def _facts(self, step: Step, number: int) -> dict[str, Any]:
        state = "done" if number < self.at else "now" if number == self.at else "later"
        return {"title": step.title, "why": step.why, "state": state}

    def _acts(self, step: Step, who: Person, chat: Chat | None) -> Iterator[dict[str, Any]]:
        for part in step.parts:
            person, place = self._place(part)
            target = {"person": str(person.id), "chat": str(place.id)}
            is_past = self._done.issuperset(part.deeds)
            is_there = who is person and chat is place
            name = f"{person.name} ({self.stage.about[person.id]})"
            title = f"grup {place.title}" if part.where else "obrolan Tuntas"
            yield target | _act("be", f"Jadilah {name}", is_done=is_past or who is person)
            yield target | _act("open", f"Buka {title}", is_done=is_past or is_there)
            for deed in part.deeds:
                more = {"example": deed.example, "clock": deed.clock}
                yield target | _act("do", deed.text, is_done=deed in self._done) | more

    def _place(self, part: Part) -> tuple[Person, Chat]:
        person = self.stage.actor(part.who)
        return person, self.stage.group(part.where) if part.where else person.chat(self.stage.bot)


def _act(kind: str, text: str, *, is_done: bool) -> dict[str, Any]:
    return {"kind": kind, "text": text, "example": "", "clock": "", "done": is_done}


def _in_order(acts: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first that is not done is the one of now."""
    found, is_next = [], True
    for act in acts:
        is_done = act.pop("done")
        found.append(act | {"state": "done" if is_done else "now" if is_next else "later"})
        is_next = is_next and is_done
    return found
