"""What is open between OPD and those who decide, as a list: for these to act on, and for an OPD to
look at its own."""

from __future__ import annotations

from dataclasses import replace

from bot import anew
from bot.buttons import OpenMatters
from bot.context import Answer, Call
from bot.gate import OF_OPD
from db import chats
from db.chats import OpdFacts
from db.models import Role

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
    """It follows for a day what is said and decided."""
    may_decide = call.who.role not in OF_OPD
    life = anew.of_matters(opd.id if opd else None, number, may_decide=may_decide)
    return await anew.begun(call.desk, call.session, life)


async def _here(call: Call) -> OpdFacts | None:
    if call.place.is_private:
        return None
    return await chats.of_chat(call.session, call.place.chat_id, call.place.topic)
