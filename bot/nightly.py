"""Once a night, database and evidence are kept in BACKUP_DIR, beside the running bot."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time, timedelta

import structlog

from bot.context import Context, Desk
from bot.stopping import pause
from bot.warning import warn
from db import engine
from db.archive import nightlies, trouble
from db.archive.halting import Abandoned
from db.archive.making import Source

log = structlog.get_logger(__name__)

AT = time(1)  # nobody works; whatever was meant for the day before has lapsed
EVERY = 60.0  # seconds between two looks at the clock
AGAIN = 1800.0  # seconds until a failed one is tried again


async def forever(context: Context, stop: asyncio.Event) -> None:
    """`stop` abandons the one under way; nothing of it stays."""
    if source_of(context.desk) is None:
        log.info("No nightly backup: PostgreSQL has tools of its own, such as pg_dump")
        await stop.wait()
    while not stop.is_set():
        await pause(stop, await step(context.desk, stop))


async def step(desk: Desk, stop: asyncio.Event) -> float:
    """Make the night's backup, unless it is there. In how many seconds to look again."""
    now, folder = desk.now(), desk.settings.backup_dir
    source, night = source_of(desk), night_of(now)
    assert source, "forever() asks first"
    try:
        if await asyncio.to_thread(nightlies.is_made, folder, night):
            return EVERY
        await asyncio.to_thread(nightlies.make, source, folder, night, now, stop.is_set)
    except Abandoned:
        log.info("The nightly backup is left for later")
    except Exception as wrong:
        log.exception("The nightly backup failed", again_in=AGAIN)
        await _tell(desk, night, trouble.of(wrong))
        return AGAIN
    else:
        log.info("The nightly backup is made and verified", night=str(night))
    return EVERY


def night_of(now: datetime) -> date:
    """Which night's it is: of one that was missed, until the next one begins."""
    return (now - timedelta(hours=AT.hour, minutes=AT.minute)).date()


def source_of(desk: Desk) -> Source | None:
    """None where a server keeps the database."""
    settings = desk.settings
    if not settings.database_url.startswith("sqlite"):
        return None
    return Source(engine.file_of(settings.database_url), settings.evidence_dir, settings.city)


async def _tell(desk: Desk, night: date, why: trouble.Trouble) -> None:
    """The coordinators, once a day, inside the window."""
    source = f"nightly:{desk.calendar.next_opening(desk.now()).date()}"
    try:
        await warn(desk, source, "backup_failed", night=str(night), why=why.value)
    except engine.Unavailable:
        log.exception("The database is away: the coordinators hear of it later")
