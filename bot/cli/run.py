"""run: the bot itself, until it is told to stop."""

from __future__ import annotations

import asyncio
import fcntl
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.cli import door

if TYPE_CHECKING:
    from bot.context import App
    from config.settings import Settings

AGAIN = 5.0  # seconds between tries while Telegram cannot be reached, so that it is back soon


def run() -> None:
    """Run the bot until Ctrl-C or SIGTERM.

    What is under way is finished first.

    Example: python -m bot run
    """
    settings = door.settings(need_token=True, log_level="")
    with only_copy(settings):
        door.run(_run(settings), settings)


@contextmanager
def only_copy(
    settings: Settings, busy: str = "another copy of the bot is running on {file}"
) -> Iterator[None]:
    """One process at a time on one database file. The lock goes when the process does."""
    file = door.file_of(settings)
    if file is None:
        yield
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.with_name(f"{file.name}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            door.fail(busy.format(file=file))
        yield


async def _run(settings: Settings) -> None:
    from bot import app  # noqa: PLC0415  python-telegram-bot takes a second to load
    from bot.context import Desk  # noqa: PLC0415
    from db import upgrade  # noqa: PLC0415

    stop = asyncio.Event()
    for wish in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(wish, stop.set)
    database = await upgrade.to_head(settings.database_url, settings.backup_dir)
    try:
        bot = app.build(Desk(settings, database, settings.calendar()))
        if await _reach(bot, stop):
            await app.run(bot, stop)
    finally:
        await database.close()


async def _reach(bot: App, stop: asyncio.Event) -> bool:
    """Wait for a network that is late; a wrong token never becomes a right one. False: stopped."""
    import structlog  # noqa: PLC0415
    from telegram import error as tg  # noqa: PLC0415

    from bot import failing  # noqa: PLC0415
    from bot.absence import Absence  # noqa: PLC0415
    from bot.stopping import pause, until  # noqa: PLC0415

    log, absence = structlog.get_logger(__name__), Absence()
    while not stop.is_set():
        try:
            await until(stop, bot.bot.initialize())
        except (tg.InvalidToken, tg.BadRequest, tg.Forbidden):
            raise
        except tg.TelegramError as trouble:
            wait = failing.silence(trouble) or AGAIN
            absence.goes_on(trouble, wait)
            await pause(stop, wait)
        else:
            if not stop.is_set():
                absence.ends()
                log.info("Running", bot=bot.bot.username)
            return not stop.is_set()
    return False
