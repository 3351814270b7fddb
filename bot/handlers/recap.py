"""/rekap: the table behind the digest, and how ready an OPD is."""

from __future__ import annotations

from bot import keyboards_city, keyboards_people, messages
from bot.buttons import RecapPage
from bot.context import Answer, Call
from bot.handlers.help import OnlyInPrivate
from bot.reading import targets
from bot.reading.refusals import UnknownTarget
from bot.reading.text import excerpt
from db import chats
from db.reports import recap as reports
from db.reports import responses
from db.reports.responses import Responses


async def recap(call: Call) -> Answer:
    """/rekap: all OPD; /rekap DINKES: one, by aspects."""
    word = "".join(call.text.split()[:1])
    if word.upper() in {"", "SEMUA"}:
        return await _page(call, 1)
    known = {one.code: one for one in await chats.every_opd(call.session)}
    code = excerpt(word).upper()
    if code not in known:
        raise UnknownTarget(code, targets.closest(code, known))
    opd = known[code]
    found = await reports.readiness(call.session, call.now, opd.id)
    answered = {one.opd: one for one in await _answered(call)}.get(code)
    return Answer(messages.readiness_of(found, opd, answered), keyboards_people.for_group(opd))


async def page(call: Call) -> Answer:
    """Where the command is answered, and nowhere else."""
    if not call.place.is_private:
        raise OnlyInPrivate
    press: RecapPage = call.press
    return await _page(call, press.page)


async def _page(call: Call, number: int) -> Answer:
    """The first page ends with the city by aspects, and with how fast it answers."""
    found = await reports.recap(call.session, number, call.now)
    city = await reports.readiness(call.session, call.now) if number == 1 else None
    answered = await _answered(call) if number == 1 else ()
    keyboard = keyboards_city.for_recap(found)
    return Answer(messages.recap(found, city, answered), keyboard, edits=call.press is not None)


async def _answered(call: Call) -> tuple[Responses, ...]:
    """Instructions of this year: the evaluation is of a year."""
    new_year = call.now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    return await responses.slowest_first(call.session, call.desk.calendar, call.now, new_year)
