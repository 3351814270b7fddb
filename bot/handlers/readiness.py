"""/cek: how many OPD are ready, what is missing, and what mends it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot import messages
from bot.checks import backups, city, machine
from bot.checks.finding import Finding, Kind
from bot.context import Answer, Call, Desk
from bot.outside import Unseen
from db import chats
from db.reports import health
from db.reports.health import Readiness

PATIENCE = 1.0  # seconds with the disks: the coordinator waits


async def check(call: Call) -> Answer:
    """From what is known: Telegram is not asked while the database waits. In a group only what
    concerns everybody who reads it."""
    ready = await health.readiness(call.session)
    if call.place.is_private:
        if call.seen is None:
            raise Unseen(lambda: _look(call.desk, call.now))
        return Answer(messages.readiness(ready, await _wants(call, ready, call.seen)))
    place = call.place
    here = await chats.of_chat(call.session, place.chat_id, place.topic)
    beside = await chats.all_of_chat(call.session, place.chat_id)
    return Answer(messages.readiness_here(ready, here, [opd.code for opd in beside]))


async def _wants(call: Call, ready: Readiness, of_server: Sequence[Finding]) -> list[Finding]:
    """What people can mend first, then what only the server's keeper can."""
    desk, session = call.desk, call.session
    found = [
        *city.of_opd(ready),
        *city.of_offices(await health.offices(session)),
        *city.of_mail(await health.mail(session, desk.calendar, call.now)),
        *of_server,
        *city.of_calendar(desk.calendar, call.now),
    ]
    told = [one for one in found if one.name != "unready"]  # the head line says it
    return [one for one in told if one.kind is not Kind.FINE or one.name == "backup"]


async def _look(desk: Desk, now: datetime) -> list[Finding]:
    return await machine.in_time(PATIENCE, lambda: _of_server(desk, now))


def _of_server(desk: Desk, now: datetime) -> list[Finding]:
    return [*backups.backups(desk.settings, now), *machine.rooms(desk.settings)]
