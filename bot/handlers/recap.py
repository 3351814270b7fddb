"""/rekap: the table behind the digest, and how ready an OPD is."""

from __future__ import annotations

from bot import keyboards, keyboards_city, messages
from bot.buttons import RecapPage
from bot.context import Answer, Call
from bot.handlers.help import OnlyInPrivate
from bot.reading import targets
from bot.reading.refusals import UnknownTarget
from bot.reading.text import excerpt
from db import chats
from db.reports import recap as reports


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
    return Answer(messages.readiness_of(found, opd), keyboards.for_group(opd))


async def page(call: Call) -> Answer:
    """Where the command is answered, and nowhere else."""
    if not call.place.is_private:
        raise OnlyInPrivate
    press: RecapPage = call.press
    return await _page(call, press.page)


async def _page(call: Call, number: int) -> Answer:
    """The first page ends with the city by aspects."""
    found = await reports.recap(call.session, number, call.now)
    city = await reports.readiness(call.session, call.now) if number == 1 else None
    keyboard = keyboards_city.for_recap(found)
    return Answer(messages.recap(found, city), keyboard, edits=call.press is not None)
