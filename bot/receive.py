"""Fetch updates, let them take effect, acknowledge last. Telegram is our queue."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot import unreadable
from bot.absence import Absence
from bot.aside import Aside
from bot.context import App, Desk
from bot.inbox import Inbox
from bot.stopping import pause, until
from bot.ticks import outages
from db import given

log = structlog.get_logger(__name__)

ALLOWED = [
    Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER
]  # fmt: skip
LONG_POLL = 50  # seconds, the most that getUpdates takes
BREATH = 3.0  # seconds between tries while Telegram is away
GLANCE = 0.25  # seconds until we look for more, while some are under way or held
NEW = 60.0  # seconds; a copy of the bot that began so recently gives way to the other
SIGN = "receiving"


async def remember(desk: Desk) -> None:
    """What was said before we were started need not be said again."""
    async with desk.view() as session:
        desk.given.update(await given.known(session, desk.now()))


async def forever(
    app: App, offset: int, stop: asyncio.Event, caught_up: asyncio.Event | None = None
) -> None:
    """`caught_up` is set once what waited took effect, or Telegram cannot be reached."""
    inbox = Inbox(app, offset)
    beside = Aside(partial(_beside, app.bot_data, inbox))
    caught_up = caught_up or asyncio.Event()
    try:
        await inbox.recall()
        await _poll(app, inbox, beside, stop, caught_up)
    finally:
        caught_up.set()
        stop.set()
        try:
            await inbox.idle()  # nothing is cut off inside a transaction, whyever we leave
        finally:
            await beside.idle()
    offset = inbox.acknowledged()
    if inbox.wants_keeping:
        await inbox.keep()
    await _leave(app.bot, offset)


async def _beside(desk: Desk, inbox: Inbox) -> None:
    await outages.beat(desk)
    if inbox.wants_keeping:
        await inbox.keep()


async def _poll(
    app: App, inbox: Inbox, beside: Aside, stop: asyncio.Event, caught_up: asyncio.Event
) -> None:
    began, absence = time.monotonic(), Absence()
    while not stop.is_set():
        app.bot_data.signs[SIGN] = time.monotonic()
        try:
            is_quiet = caught_up.is_set() and not inbox.is_busy and not absence.is_on
            if await _turn(app, inbox, stop, LONG_POLL if is_quiet else 0):
                beside.begin()
                absence.ends()
        except Conflict:
            if time.monotonic() - began < NEW:
                raise
            log.error("Another process receives for this bot: stop it, or its answers are lost")
            await pause(stop, BREATH)
        except InvalidToken:
            log.error("Telegram does not accept BOT_TOKEN any more")
            await pause(stop, 10 * BREATH)
        except RetryAfter as later:
            await _hush(app.bot_data, later, stop)
        except TelegramError as trouble:
            absence.goes_on(trouble, BREATH)
            await pause(stop, BREATH)
        if not inbox.is_behind:
            caught_up.set()


async def _hush(desk: Desk, later: RetryAfter, stop: asyncio.Event) -> None:
    """Nobody speaks for so long. That is no sign of death."""
    desk.pace.hush(later)
    wait = max(BREATH, desk.pace.silence().total_seconds())
    desk.signs[SIGN] = time.monotonic() + wait
    await pause(stop, wait)


async def once(app: App, offset: int, wait: int, stop: asyncio.Event | None = None) -> int:
    """One batch, to its end. Returns the next offset."""
    inbox = Inbox(app, offset)
    inbox.take(await until(stop or asyncio.Event(), _fetch(app.bot, offset, wait)) or [])
    await inbox.idle()
    return inbox.acknowledged()


async def _turn(app: App, inbox: Inbox, stop: asyncio.Event, wait: int) -> bool:
    """Whether Telegram handed over what waited, if anything."""
    updates = await until(stop, _fetch(app.bot, inbox.acknowledged(), wait))
    if updates is None:
        return False
    inbox.take(updates)
    await inbox.settled(GLANCE)
    if app.bot_data.unsettled:
        await pause(stop, GLANCE)
    return True


async def _fetch(bot: ExtBot[Any], offset: int, wait: int) -> list[Update]:
    try:
        return list(
            await bot.get_updates(
                offset=offset, timeout=timedelta(seconds=wait), allowed_updates=ALLOWED
            )
        )
    except TelegramError:
        raise
    except Exception:
        log.exception("PTB cannot read one of these updates, and would fetch it for ever")
        asked = {"offset": offset, "allowed_updates": ALLOWED}
        raw: Any = await bot.do_api_request("getupdates", api_kwargs=asked)  # as it knows none
        return [unreadable.read(bot, one) for one in raw]


async def _leave(bot: ExtBot[Any], offset: int) -> None:
    """Acknowledge what was answered, so that the next start does not answer it again."""
    with suppress(TelegramError):
        await bot.get_updates(
            offset=offset, limit=1, timeout=0, read_timeout=0.5, allowed_updates=ALLOWED
        )
