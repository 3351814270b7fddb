"""The make-believe Telegram as bots meet it: doors, calls, downloads, and the line that breaks."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx

from demo.telegram import methods
from demo.telegram.bots import Bot
from demo.telegram.door import Door
from demo.telegram.limits import SECOND
from demo.telegram.refusals import Refused
from demo.telegram.scene import Scene
from demo.telegram.trouble import Cut, Nonsense, Trouble, Troubled

Answer = tuple[int, dict[str, Any]]
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{24,}")


@dataclass(frozen=True)
class Called:
    """One call as it was made and answered; `code` 0 where the line was cut."""

    bot: Bot
    method: str
    params: dict[str, Any]
    code: int
    description: str


class Telegram(Scene, Troubled):
    """`clock` tells an aware now. `limits`: refuse who sends too fast, and `second` is how long
    one lasts to them. See the package."""

    def __init__(
        self, clock: Callable[[], datetime], *, limits: bool = False, second: timedelta = SECOND
    ) -> None:
        Scene.__init__(self, clock, limits=limits, second=second)
        Troubled.__init__(self)
        self.calls: list[Called] = []

    def door(self, token: str) -> Door:
        """For PTB: `request` and `get_updates_request` of the bot with this token."""
        return Door(self, token)

    async def call(
        self,
        token: str,
        method: str,
        params: dict[str, Any],
        files: dict[str, tuple[str, bytes]] | None = None,
    ) -> Answer:
        """(HTTP code, body) of any Bot API call. Raises Cut or Nonsense where trouble is due."""
        try:
            bot = self._bot_of(token)
        except Refused as refused:
            return refused.code, methods.refusal(refused)
        try:
            code, body = await self._through(bot, method, params, files or {})
        except (Cut, Nonsense) as trouble:
            code = trouble.code if isinstance(trouble, Nonsense) else 0
            self.calls.append(Called(bot, method, params, code, type(trouble).__name__))
            raise
        self.calls.append(Called(bot, method, params, code, body.get("description", "")))
        return code, body

    async def download(self, token: str, path: str) -> tuple[int, bytes]:
        """(HTTP code, content) of a file that getFile told the path of."""
        if trouble := self.line.next("download"):
            self._raise(trouble)
        file = self.files.at(path) if any(bot.token == token for bot in self.bots) else None
        missing = b'{"ok":false,"error_code":404,"description":"Not Found"}'
        return (200, file.data) if file else (404, missing)

    @property
    def refused(self) -> list[Called]:
        """The calls that were refused."""
        return [call for call in self.calls if call.code >= 300]

    async def _through(
        self, bot: Bot, method: str, params: dict[str, Any], files: dict[str, Any]
    ) -> Answer:
        await asyncio.sleep(0)  # a network would let others go on, too
        for hook in self.arriving:
            await hook(bot, method, params)
        trouble = self.line.next(method)
        if trouble and not trouble.after:
            return self._raise(trouble)
        answer = await methods.answer(self, bot, method, params, files)
        for late_hook in self.answering:
            await late_hook(bot, method, params, answer[1])
        if self.line.is_down:
            raise Cut(httpx.ReadError(""))
        return self._raise(trouble) if trouble else answer

    def _raise(self, trouble: Trouble) -> Answer:
        if isinstance(trouble.what, Exception):
            raise trouble.what
        return trouble.what

    def _bot_of(self, token: str) -> Bot:
        for bot in self.bots:
            if bot.token == token:
                return bot
        raise Refused("wrong_token" if TOKEN.fullmatch(token) else "malformed_token")

    def down(self) -> None:
        """Telegram cannot be reached; long polls under way break."""
        self.line.is_down = True
        for bot in self.bots:
            bot.queue.arrived.set()
        self.line.tell()

    def up(self) -> None:
        self.line.is_down = False
        self.line.tell()
