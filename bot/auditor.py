"""Whether the bot is alive and owes nothing for too long. A watchdog outside hears of it only
while all is well; a process that is deaf ends, for its supervisor to start it anew."""

from __future__ import annotations

import asyncio
import faulthandler
import time
from datetime import timedelta

import httpx
import structlog

from bot.context import Context, Desk
from bot.stopping import pause
from bot.warning import warn
from db.engine import Unavailable
from db.reports import health

log = structlog.get_logger(__name__)

EVERY = 180.0  # seconds between two looks
DEAF = 600.0  # seconds without a sign of life from one of its tasks
ENDING = 30.0  # seconds that a deaf process may take to end
FROZEN = 900.0  # seconds without a look: not even this task is alive any more
SILENT = timedelta(minutes=5)  # nothing was received, not even that there is nothing


class Deaf(Exception):
    """One of the bot's tasks gives no sign of life."""


async def forever(context: Context, stop: asyncio.Event) -> None:
    """Raises Deaf."""
    while not stop.is_set():
        faulthandler.dump_traceback_later(FROZEN, exit=True)  # a thread of its own, in C
        await pause(stop, EVERY)
        if not stop.is_set():
            try:
                await look(context)
            except Deaf:
                faulthandler.dump_traceback_later(ENDING, exit=True)  # it may hang then, too
                raise
    faulthandler.cancel_dump_traceback_later()


async def look(context: Context) -> None:
    """Raises Deaf; whatever else is wrong is said."""
    desk = context.desk
    deaf = [task for task, at in desk.signs.items() if time.monotonic() - at > DEAF]
    try:
        wrong = deaf + await _wrong(desk)
        if deaf:
            now = desk.now()
            await warn(desk, f"auditor:{now.date()}", "was_deaf", at=now.isoformat(), tasks=deaf)
    except Unavailable:
        wrong = [*deaf, "the database is away"]
    if wrong:
        log.error("Not all is well", wrong=wrong)
    else:
        await _heartbeat(desk)
    if deaf:
        raise Deaf(f"{', '.join(deaf)}: no sign of life for {DEAF / 60:.0f} minutes")


async def _wrong(desk: Desk) -> list[str]:
    now = desk.now()
    async with desk.view() as session:
        beat = await health.last_beat(session)
        late = (await health.mail(session, desk.calendar, now)).waiting
    if late:
        await warn(desk, f"auditor:{now.date()}", "late_mail")
    silent = ["nothing is received"] if beat is None or now - beat > SILENT else []
    return silent + [f"{lot.count} of {lot.kind} wait too long" for lot in late]


async def _heartbeat(desk: Desk) -> None:
    """The address may be a secret: the log does not tell it."""
    if (address := desk.settings.heartbeat_url) is None:
        return
    try:
        async with httpx.AsyncClient(timeout=10) as client:
            (await client.get(str(address))).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as trouble:  # the last two: no address
        log.warning("The watchdog at HEARTBEAT_URL was not reached", how=type(trouble).__name__)
