"""Ask Telegram who we are: the name that links are made of, and whether the token is good."""

from __future__ import annotations

from bot.quiet import bot_of
from config.settings import Settings


async def my_name(settings: Settings) -> str:
    async with bot_of(settings) as bot:
        return bot.username
