"""Stands beside a secretary who practises: one exercise after the other."""

from __future__ import annotations

from typing import Any

from db.engine import Session
from demo.telegram import Message
from demo.web import facts
from demo.web.practice.exercises import EXERCISES, PART
from demo.web.practice.mistakes import Attempt, is_right, wrong
from demo.web.stage import Stage


class Coach:
    """`at`: how many exercises were done; None: nobody practises."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.at: int | None = None
        self.bubbles = self.event = 0

    async def begin(self) -> None:
        self.at = 0
        await self._next()

    async def look(self) -> dict[str, Any]:
        said = ""
        if self.at is not None and self.at < len(EXERCISES) and self.stage.machine.desk:
            said = await self._judge(self.at)
        who = self.stage.actor(PART)
        return {
            "at": self.at,
            "said": said,
            "person": str(who.id),
            "name": who.name,
            "chat": str(self.stage.group(PART).id),
            "exercises": [{"title": one.title, "text": one.text} for one in EXERCISES],
        }

    async def _judge(self, at: int) -> str:
        assert self.stage.machine.desk
        async with self.stage.machine.desk.view() as session:
            attempt = await self._attempt(session)
        if is_right(EXERCISES[at], attempt):
            self.at = at + 1
            await self._next()
            return ""
        return wrong(EXERCISES[at], attempt)

    async def _next(self) -> None:
        """What was there before does not count for the next one."""
        self.bubbles = len(self.stage.telegram.transcript)
        if self.stage.machine.desk:
            async with self.stage.machine.desk.view() as session:
                known = await facts.deeds(session, PART)
            self.event = known[-1].id if known else 0

    async def _attempt(self, session: Session) -> Attempt:
        said, answer = self._last()
        new = await facts.deeds(session, PART, after=self.event)
        proven = await facts.with_evidence(session, PART)
        return Attempt(self.stage.bot, said, answer, new, proven)

    def _last(self) -> tuple[Message | None, Message | None]:
        """The newest that the secretary wrote, and what the bot answered there."""
        new = self.stage.telegram.transcript[self.bubbles :]
        who, bot = self.stage.actor(PART), self.stage.bot
        said = next((m for m in reversed(new) if m.sender is who and not m.service), None)
        later = new[new.index(said) + 1 :] if said else []
        answer = next((m for m in later if m.sender is bot and said and m.chat is said.chat), None)
        return said, answer
