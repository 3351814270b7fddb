"""What is open between OPD and those who decide, as a list: for these to act on, and for an OPD to
look at its own."""

from __future__ import annotations

from dataclasses import replace

from bot import keyboards_decisions, messages
from bot.buttons import OpenMatters
from bot.context import Answer, Call
from bot.gate import OF_OPD
from bot.keyboards_decisions import ALL
from db import chats
from db.chats import OpdFacts
from db.models import Role
from db.reports import matters as reports

DECIDING = (Role.COORDINATOR, Role.SEKDA)


def decides(call: Call) -> bool:
    """Whether the speaker decides, in one of their posts."""
    return any(h.role in DECIDING for h in call.speaker.posts)


def only_decides(call: Call) -> bool:
    """Whether none of their posts is an OPD's."""
    return decides(call) and not any(h.opd for h in call.speaker.posts)


async def listed(call: Call) -> Answer:
    """/jawab, /kendala or /perpanjang without a word. In an OPD's group nothing of another is
    told."""
    return await _page(call, call.opd or await _here(call), 1)


async def turned(call: Call) -> Answer:
    press: OpenMatters = call.press
    return replace(await _page(call, call.opd, press.page), edits=not press.listed)


async def _page(call: Call, opd: OpdFacts | None, number: int) -> Answer:
    session, calendar = call.session, call.desk.calendar
    found = await reports.matters(session, calendar, call.now, number, opd.id if opd else None)
    may_decide = call.who.role not in OF_OPD
    scope = opd.code if opd else ALL
    keyboard = keyboards_decisions.for_matters(found, scope, may_decide=may_decide)
    return Answer(messages.matters(call.desk, found, opd, may_decide=may_decide), keyboard)


async def _here(call: Call) -> OpdFacts | None:
    if call.place.is_private:
        return None
    return await chats.of_chat(call.session, call.place.chat_id, call.place.topic)
