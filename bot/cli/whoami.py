"""Ask Telegram who we are: the name that links are made of, and whether the token is good."""

from __future__ import annotations

from telegram import Bot

from config.settings import Settings


def stranger(settings: Settings) -> Bot:
    """A bot without the application around it. Enter it to be sure of its token."""
    address = settings.telegram_api_url
    return Bot(settings.token, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot")


async def my_name(settings: Settings) -> str:
    async with stranger(settings) as bot:
        return bot.username
