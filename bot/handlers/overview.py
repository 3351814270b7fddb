"""Who works for the whole city sees every OPD and its state."""

from __future__ import annotations

from dataclasses import replace

from bot import keyboards_city, messages
from bot.buttons import CityPage
from bot.context import Answer, Call
from bot.handlers import checklist
from bot.reading import targets
from bot.reading.refusals import UnknownTarget
from bot.reading.text import excerpt
from db import chats
from db.models import Role
from db.reports import city


async def opd(call: Call) -> Answer:
    """/opd: all of them; /opd DINKES: its items; /opd DINKES 3: the card of one."""
    word, *rest = call.text.split(maxsplit=1) or [""]
    if word.upper() in {"", "SEMUA"}:
        return await _page(call, 1)
    known = {one.code: one for one in await chats.every_opd(call.session)}
    code = excerpt(word).upper()
    if code not in known:
        raise UnknownTarget(code, targets.closest(code, known))
    return await checklist.listing(replace(call, opd=known[code], text="".join(rest)))


async def page(call: Call) -> Answer:
    press: CityPage = call.press
    return await _page(call, press.page)


async def _page(call: Call, number: int) -> Answer:
    found = await city.page(call.session, number, call.now)
    counts = found.counts
    waiting = counts.confirmed - counts.verified if call.who.role is Role.COORDINATOR else 0
    keyboard = keyboards_city.for_city(found, waiting=waiting)
    return Answer(messages.city(found), keyboard, edits=call.press is not None)
