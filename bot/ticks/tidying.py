"""At night, after the backup, what has had its use goes."""

from __future__ import annotations

import structlog

from bot.context import Context
from db import retention

log = structlog.get_logger(__name__)

HOUR = 3  # nobody works, and the night's backup has it all


async def tick(context: Context) -> None:
    """A little each minute of that hour, until nothing is left."""
    desk = context.desk
    now = desk.now()
    if now.hour != HOUR:
        return
    async with desk.view() as session:
        past = await retention.past(session, now)
    if not past:
        return
    async with desk.transaction() as session:
        await retention.remove(session, past, now)
    gone = {"drafts": past.drafts, "invitations": past.invitations, "messages": past.messages}
    log.info("What has had its use is gone", **{name: len(ids) for name, ids in gone.items()})
