"""Telegram from here: whether it can be reached, knows us, and lets us work; and its clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError

from bot.checks.finding import Finding, fine, hint, problem
from bot.quiet import bot_of
from config.settings import Settings

Clock = Callable[[], datetime]
TOLERATED = timedelta(seconds=60)
PATIENCE = 10.0  # seconds


async def account(settings: Settings, clock: Clock) -> list[Finding]:
    if settings.bot_token is None:
        return [problem("no-token")]
    try:
        async with bot_of(settings) as bot:
            found = [fine("token", bot=bot.username), *await _of_account(bot)]
    except TelegramError as trouble:
        return [of_trouble(trouble, settings)]
    return [*found, await _of_clock(settings, clock)]


def of_trouble(trouble: TelegramError, settings: Settings) -> Finding:
    match trouble:
        case InvalidToken():
            return problem("wrong-token")
        case NetworkError() if not isinstance(trouble, BadRequest):
            return problem("away", where=settings.telegram_api_url, why=said(trouble))
        case _:
            return problem("refused", why=said(trouble))


def said(trouble: Exception) -> str:
    """In one line, without the library's name before it, and without the token."""
    if isinstance(trouble, InvalidToken):
        return "the token is not accepted"
    return " ".join(str(trouble).rpartition("httpx.")[2].split())


async def _of_account(bot: Bot) -> list[Finding]:
    me, webhook = bot.bot, await bot.get_webhook_info()
    found = []
    if webhook.url:
        found.append(problem("webhook"))
    if not me.can_join_groups:
        found.append(hint("joining-off"))
    if me.can_read_all_group_messages:
        found.append(hint("privacy-off"))
    return found


async def _of_clock(settings: Settings, clock: Clock) -> Finding:
    """By the Date of an answer, which needs no token; the library does not show it."""
    try:
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            began = clock()
            answer = await client.get(settings.telegram_api_url)
    except httpx.HTTPError as trouble:
        return hint("clock-unseen", why=type(trouble).__name__)
    return of_date(answer.headers.get("Date", ""), began, clock())


def of_date(date: str, began: datetime, ended: datetime) -> Finding:
    """`date`: as HTTP writes it, to the second, given between our `began` and `ended`."""
    try:
        there = parsedate_to_datetime(date)
    except ValueError:
        return hint("clock-unseen", why="the answer bears no date")
    ahead = max(began - there - timedelta(seconds=1), min(timedelta(0), ended - there))
    if abs(ahead) <= TOLERATED:
        return fine("clock")
    return problem("clock-wrong", ahead=round(ahead.total_seconds()))
