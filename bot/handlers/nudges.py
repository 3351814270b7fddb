"""The coordinator or the Sekda reminds OPD now."""

from __future__ import annotations

from bot import messages
from bot.context import Answer, Call
from bot.reading import targets
from db import chats, nudges


async def nudge(call: Call) -> Answer:
    """/ingatkan TARGET"""
    known = {opd.code: opd for opd in await chats.every_opd(call.session)}
    said = targets.only_target(call.text, list(known))
    return Answer(await _nudge(call, [known[code] for code in said.codes]))


async def late_nudged(call: Call) -> Answer:
    """Under the digest: those with an item past its deadline now."""
    late = await nudges.late_opd(call.session, call.now)
    opds = [opd for opd in await chats.every_opd(call.session) if opd.id in late]
    return Answer(pop_up=await _nudge(call, opds))


async def _nudge(call: Call, opds: list[chats.OpdFacts]) -> str:
    calendar = call.desk.calendar
    return messages.nudged(await nudges.nudge(call.session, call.act, opds, calendar, call.now))
