"""Put the bot together. The only module that knows every other."""

from __future__ import annotations

import asyncio
from typing import cast

import structlog
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, ContextTypes
from telegram.request import BaseRequest

from bot import auditor, menus, nightly, quiet, receive, send
from bot.context import App, Context, Desk
from bot.routes import add_routes
from bot.table import COMMANDS
from bot.ticks import TICKS, outages

log = structlog.get_logger(__name__)

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
    offset = await _people_first(app, stop)
    await _then_the_clock(context)
    tasks = {
        closing,
        asyncio.create_task(receive.forever(app, offset, stop)),
        asyncio.create_task(send.forever(context, stop)),
        asyncio.create_task(menus.forever(context, COMMANDS, stop)),
        asyncio.create_task(auditor.forever(context, stop)),
        asyncio.create_task(nightly.forever(context, stop)),
    }
    ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    stop.set()  # a flag, not a cancellation: nothing is cut off inside a transaction
    await asyncio.wait(tasks, timeout=ENDING)  # one that hangs is not waited for
    for task in ended:
        task.result()


async def _people_first(app: App, stop: asyncio.Event) -> int:
    """What waited for us takes effect before any reminder is thought of. The next offset."""
    try:
        return await receive.once(app, offset=0, wait=0, stop=stop)
    except (Conflict, InvalidToken):
        raise  # waiting does not mend it
    except TelegramError as trouble:
        log.warning("Telegram cannot be reached", trouble=str(trouble))
        return 0


async def _then_the_clock(context: Context) -> None:
    """Once by hand, since the scheduler lets a minute pass first."""
    for beat in (outages.beat(context.desk), *(tick(context) for tick in TICKS)):
        try:
            await beat
        except Exception:
            log.exception("A tick failed; the next one comes in a minute")


async def _close(desk: Desk, stop: asyncio.Event) -> None:
    await stop.wait()
    desk.pace.close()
