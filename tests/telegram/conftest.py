"""The cast of these tests: a clock that is a value, two bots, a few people, their groups."""

import os

os.environ["PTB_TIMEDELTA"] = "true"  # before telegram is imported

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import Bot as PtbBot

from demo.telegram import Bot, Telegram


@dataclass
class Town:
    """A small world. `asks` is a bare Bot API call: the result, or the description refused."""

    now: datetime = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    limits: bool = False
    second: timedelta = timedelta(seconds=1)
    offset: int = field(default=0)

    def __post_init__(self) -> None:
        self.telegram = Telegram(lambda: self.now, limits=self.limits, second=self.second)
        self.tuntas = self.telegram.bot("tuntas_bot", "Tuntas")
        self.other = self.telegram.bot("other_bot", "Other")
        self.sari = self.telegram.person("Sari Wulandari")
        self.budi = self.telegram.person("Budi", username="budi_kdi")
        self.group = self.telegram.group(
            "Dinas Kesehatan", creator=self.sari, members=[self.budi, self.tuntas]
        )
        self.forum = self.telegram.group(
            "Dinas PUPR", creator=self.sari, members=[self.budi, self.tuntas], forum=True
        )
        self.sari.starts(self.tuntas)

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    async def asks(self, method: str, bot: Bot | None = None, /, **params: Any) -> Any:
        code, body = await self.telegram.call((bot or self.tuntas).token, method, params)
        return body["result"] if code == 200 else body["description"]

    async def hears(self, bot: Bot | None = None) -> list[dict[str, Any]]:
        """The updates that wait, acknowledged by the next time."""
        bot = bot or self.tuntas
        found = await self.asks("getUpdates", bot)
        if found:
            await self.asks("getUpdates", bot, offset=found[-1]["update_id"] + 1)
        return list(found)


@pytest.fixture
async def town() -> Town:
    """Everything that happened while setting up is heard already."""
    town = Town()
    await town.hears()
    await town.hears(town.other)
    return town


@pytest.fixture
async def ptb(town: Town) -> Any:
    """A real python-telegram-bot Bot on the door of @tuntas_bot."""
    door = town.telegram.door(town.tuntas.token)
    async with PtbBot(town.tuntas.token, request=door, get_updates_request=door) as bot:
        yield bot
