"""Put the bot together. The only module that knows every other."""

from __future__ import annotations

import asyncio
import os
from typing import cast

from telegram.ext import Application, ContextTypes
from telegram.request import BaseRequest

from bot import menus, receive, send
from bot.context import App, Context, Desk
from bot.routes import COMMANDS, add_routes
from bot.ticks import TICKS, outages

os.environ.setdefault("PTB_TIMEDELTA", "true")  # or RetryAfter warns that it will count so
CONNECTIONS = 12  # httpx gets slower the more it does at once
FREE_AT_LAST = 30.0  # seconds that an answer waits for one of them while Telegram is slow


def build(desk: Desk, request: BaseRequest | None = None) -> App:
    """`request` is how the bot reaches Telegram; the demo and the tests pass their own."""
    make_desk = cast("type[Desk]", lambda: desk)  # PTB calls it once, to make bot_data
    builder = (
        Application.builder()
        .updater(None)  # receive.py acknowledges only what took effect
        .token(desk.settings.token)
        .base_url(f"{desk.settings.telegram_api_url}/bot")
        .base_file_url(f"{desk.settings.telegram_api_url}/file/bot")
        .context_types(ContextTypes(context=Context, bot_data=make_desk))
    )
    if request:
        builder = builder.request(request).get_updates_request(request)
    else:
        builder = builder.connection_pool_size(CONNECTIONS).pool_timeout(FREE_AT_LAST)
    app = builder.build()
    add_routes(app)
    return app


async def run(app: App, stop: asyncio.Event) -> None:
    """Receive and send until `stop` is set; what is under way is finished first."""
    async with app:
        await app.start()
        try:
            await _work(app, stop)
        finally:
            await app.stop()


async def _work(app: App, stop: asyncio.Event) -> None:
    offset = await receive.once(app, offset=0, wait=0)  # people first, then the clock
    await outages.beat(app.bot_data)
    for tick in TICKS:
        await tick(Context(app))
    tasks = {
        asyncio.create_task(receive.forever(app, offset, stop)),
        asyncio.create_task(send.forever(Context(app), stop)),
        asyncio.create_task(menus.forever(Context(app), COMMANDS, stop)),
        asyncio.create_task(_wait(stop)),
    }
    ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    stop.set()  # a flag, not a cancellation: nothing is cut off inside a transaction
    await asyncio.wait(tasks)
    for task in ended:
        task.result()


async def _wait(stop: asyncio.Event) -> None:
    await stop.wait()
