"""Put the bot together. The only module that knows every other."""

from __future__ import annotations

import asyncio
from typing import cast

import structlog
from telegram.ext import Application, ContextTypes
from telegram.request import BaseRequest

from bot import auditor, menus, nightly, quiet, receive, send
from bot.context import App, Context, Desk
from bot.routes import add_routes
from bot.stopping import pause
from bot.table import COMMANDS
from bot.ticks import TICKS

log = structlog.get_logger(__name__)

AT_FIRST = 10.0  # seconds; what waited takes effect before any reminder is thought of
ENDING = 10.0  # seconds


def build(desk: Desk, request: BaseRequest | None = None) -> App:
    """`request` is how the bot reaches Telegram; the demo and the tests pass their own."""
    make_desk = cast("type[Desk]", lambda: desk)  # PTB calls it once, to make bot_data
    app = (
        Application.builder()
        .updater(None)  # receive.py acknowledges only what took effect
        .bot(quiet.bot_of(desk.settings, request, desk.pace))
        .context_types(ContextTypes(context=Context, bot_data=make_desk))
        .build()
    )
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
    context = Context(app)
    closing = asyncio.create_task(_close(app.bot_data, stop))
    await receive.remember(app.bot_data)
    people_first = asyncio.Event()
    receiving = asyncio.create_task(receive.forever(app, 0, stop, people_first))
    await pause(people_first, AT_FIRST)
    if not stop.is_set():
        await _then_the_clock(context)
    tasks = {
        closing,
        receiving,
        asyncio.create_task(send.forever(context, stop)),
        asyncio.create_task(menus.forever(context, COMMANDS, stop)),
        asyncio.create_task(auditor.forever(context, stop)),
        asyncio.create_task(nightly.forever(context, stop)),
    }
    ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    stop.set()  # a flag, not a cancellation: nothing is cut off inside a transaction
    done, _ = await asyncio.wait(tasks, timeout=ENDING)  # one that hangs is not waited for
    for task in ended | (done & {receiving}):  # which may set `stop` before it says why it ended
        task.result()


async def _then_the_clock(context: Context) -> None:
    """Once by hand, since the scheduler lets a minute pass first."""
    for tick in TICKS:
        try:
            await tick(context)
        except Exception:
            log.exception("A tick failed; the next one comes in a minute")


async def _close(desk: Desk, stop: asyncio.Event) -> None:
    await stop.wait()
    desk.pace.close()
    desk.database.hurry()
