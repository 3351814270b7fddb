"""Where the visitor is on the tour."""

from __future__ import annotations

from typing import Any

from demo.web.stage import Stage
from demo.web.tour.steps import STEPS, Seen, Step
from demo.web.view import Read


class Guide:
    """`at`: how many steps were done; a step once done stays done."""

    def __init__(self, stage: Stage, read: Read) -> None:
        self.stage, self.read = stage, read
        self.since = len(stage.telegram.transcript)
        self.at = 0

    async def look(self) -> dict[str, Any]:
        await self._go_on()
        steps = [self._facts(step, number) for number, step in enumerate(STEPS)]
        return {"at": self.at, "steps": steps}

    async def _go_on(self) -> None:
        if (desk := self.stage.machine.desk) is None:
            return
        async with desk.view() as session:
            seen = Seen(self.stage, session, self.since, self._has_read)
            while self.at < len(STEPS) and await STEPS[self.at].done(seen):
                self.at += 1

    def _has_read(self, who: str) -> bool:
        person = self.stage.actor(who)
        chat = person.chat(self.stage.bot)
        return self.read.get((person.id, chat.id), 0) >= len(chat.bubbles)

    def _facts(self, step: Step, number: int) -> dict[str, Any]:
        who = self.stage.actor(step.who)
        group = self.stage.group(step.where) if step.where else who.chat(self.stage.bot)
        return {
            "title": step.title,
            "text": step.text,
            "person": str(who.id),
            "name": who.name,
            "chat": str(group.id),
            "place": group.title if step.where else "obrolan pribadi dengan Tuntas",
            "example": step.example,
            "clock": step.clock,
            "state": "done" if number < self.at else "now" if number == self.at else "later",
        }
