"""Fetch updates, let them take effect, acknowledge last. Telegram is our queue."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Coroutine, Iterable
from datetime import timedelta
from typing import Any

import structlog
from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.context import App
from bot.ticks import outages

log = structlog.get_logger(__name__)

ALLOWED = [
    Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER
]  # fmt: skip
LONG_POLL = 50  # seconds, the most that getUpdates takes
BREATH = 3.0  # seconds between tries while Telegram or the database is away


async def forever(app: App, offset: int, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            updates = await _until(stop, _fetch(app.bot, offset, LONG_POLL))
            offset = await _take(app, updates or [], offset)
            if updates is not None:
                await outages.beat(app.bot_data)
        except (Conflict, InvalidToken):
            raise  # waiting does not mend it
        except TelegramError as trouble:
            log.warning("Telegram cannot be reached", trouble=str(trouble))
            await _pause(stop)
        if app.bot_data.unsettled:
            await _pause(stop)


async def once(app: App, offset: int, wait: int) -> int:
    """One batch. Returns the next offset."""
    return await _take(app, await _fetch(app.bot, offset, wait), offset)


async def _take(app: App, updates: list[Update], offset: int) -> int:
    """In order inside a chat, side by side across chats. Never cut off in a transaction."""
    desk = app.bot_data
    desk.unsettled.clear()
    new = [update for update in updates if update.update_id not in desk.settled]
    await asyncio.gather(*(_in_order(app, one_chat) for one_chat in _by_chat(new)))
    acknowledged = updates[-1].update_id + 1 if updates else offset
    offset = min(desk.unsettled, default=acknowledged)
    desk.settled.intersection_update(u.update_id for u in updates if u.update_id >= offset)
    return offset


async def _in_order(app: App, updates: Iterable[Update]) -> None:
    for update in updates:
        await app.process_update(update)  # never raises: errors.on_error leaves word
        if update.update_id in app.bot_data.unsettled:
            return  # what follows in this chat must not overtake it
        app.bot_data.settled.add(update.update_id)


def _by_chat(updates: Iterable[Update]) -> Iterable[list[Update]]:
    chats = defaultdict(list)
    for update in updates:
        chats[update.effective_chat and update.effective_chat.id].append(update)
    return chats.values()


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
        raw: Any = await bot.do_api_request("getUpdates", api_kwargs=asked)
        return [_read(bot, one) for one in raw]


def _read(bot: ExtBot[Any], one: dict[str, Any]) -> Update:
    try:
        return Update.de_json(one, bot)
    except Exception:
        log.exception("An update cannot be read and is stepped over", update=one["update_id"])
        return Update(one["update_id"])


async def _until(
    stop: asyncio.Event, fetching: Coroutine[Any, Any, list[Update]]
) -> list[Update] | None:
    """What was fetched, or None when we are to stop: nothing fetched is acknowledged then."""
    fetch, stopped = asyncio.create_task(fetching), asyncio.create_task(stop.wait())
    await asyncio.wait({fetch, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if fetch.done():
        return fetch.result()
    fetch.cancel()
    await asyncio.gather(fetch, return_exceptions=True)
    return None


async def _pause(stop: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(BREATH):
            await stop.wait()
    except TimeoutError:
        pass
