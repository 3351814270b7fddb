"""/ringkasan: the digest, now."""

from __future__ import annotations

from bot import keyboards_city, messages
from bot.context import Answer, Call
from db.models import Role
from db.reports import digest as reports

MAY_ACT = (Role.SEKDA, Role.COORDINATOR)  # an auditor reads


async def summary(call: Call) -> Answer:
    digest = await reports.digest(call.session, call.desk.calendar, call.now, call.who.user_id)
    keyboard = keyboards_city.for_digest(digest) if call.who.role in MAY_ACT else None
    return Answer(messages.digest(call.desk, digest), keyboard)
