"""Trouble on demand: the line, Telegram, the bot's membership, the bot itself."""

from __future__ import annotations

import asyncio
from typing import Any

from demo.telegram import Bot, Chat, Person
from demo.web.hands import Refused, done, with_pass
from demo.web.stage import Stage

SLOW = 2.0  # seconds that each call takes then


class Troubles:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.is_slow = False
        self._one = asyncio.Lock()  # two windows may press at once
        stage.telegram.arriving.append(self._delay)

    def facts(self) -> dict[str, Any]:
        return {
            "cut": self.stage.telegram.line.is_down,
            "slow": self.is_slow,
            "dead": not self.stage.machine.is_alive,
            "waiting": len(self.stage.bot.queue.waiting),
        }

    async def bring(self, what: str, who: Person, chat: Chat | None) -> None:
        """LookupError where there is no such trouble."""
        async with self._one:
            await self._bring(what, who, chat)
        done(self.stage)

    async def _bring(self, what: str, who: Person, chat: Chat | None) -> None:
        match what:
            case "cut":
                self.stage.telegram.down()
            case "mend":
                self.stage.telegram.up()
            case "slow" | "fast":
                self.is_slow = what == "slow"
            case "kill":
                await self.stage.machine.kill()
            case "start":
                await self._start()
            case "kick" | "invite" | "upgrade":
                self._in_group(what, who, chat)
            case _:
                raise LookupError(what)

    async def _start(self) -> None:
        if not self.stage.machine.is_alive:
            await self.stage.machine.start()

    def _in_group(self, what: str, who: Person, chat: Chat | None) -> None:
        if chat is None or chat.type == "private":
            raise Refused("Buka dahulu sebuah grup.")
        is_there = chat.member(self.stage.bot).is_inside
        with_pass(self.stage)
        match what:
            case "kick" if is_there:
                who.removes(self.stage.bot, chat)
            case "invite" if not is_there:
                who.adds(self.stage.bot, chat)
            case "upgrade" if chat.type == "group":
                who.upgrades(chat)

    async def _delay(self, bot: Bot, method: str, params: dict[str, Any]) -> None:
        if self.is_slow and method.lower() != "getupdates":
            await asyncio.sleep(SLOW)
