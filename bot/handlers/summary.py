"""/ringkasan: the digest, now."""

from __future__ import annotations

from bot import messages
from bot.context import Answer, Call
from db.reports import digest as reports


async def summary(call: Call) -> Answer:
    digest = await reports.digest(call.session, call.desk.calendar, call.now)
    return Answer(messages.digest(call.desk, digest))
