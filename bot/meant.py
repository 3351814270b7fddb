"""Which OPD is meant: the one that is named, whose chat this is, or in which the speaker works."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Call
from bot.reading.numbers import code_first
from bot.reading.refusals import UnknownTarget
from bot.reading.targets import closest
from bot.turned_away import NoOpdNamed, UnknownChat, not_yours
from db import chats
from db.chats import OpdFacts
from db.models import Role
from db.question import Question
from db.refusal import Refusal


async def with_opd(call: Call, roles: tuple[Role, ...], *, may_name: bool = False) -> Call:
    """The call, and of which OPD it is. `may_name`: the speaker works for the whole city, and
    could have named any OPD."""
    if call.opd:
        return call
    if named := getattr(call.press, "opd", None):
        return replace(call, opd=await _named(call, named))
    if (named := code_first(call.text)) and (opd := await chats.by_code(call.session, named[0])):
        return replace(call, opd=opd, text=named[1])
    if opd := await of_chat(call):
        return replace(call, opd=opd)
    mine = {h.opd.id: h.opd for h in call.speaker.posts if h.opd and h.role in roles}
    if len(mine) > 1:
        raise Question("opd", tuple((opd.name, call.text) for opd in mine.values()), tuple(mine))
    if not mine:
        raise await _nowhere(call, roles, may_name=may_name)
    return replace(call, opd=next(iter(mine.values())))


async def of_chat(call: Call) -> OpdFacts | None:
    if call.place.is_private:
        return None
    return await chats.of_chat(call.session, call.place.chat_id, call.place.topic)


async def _nowhere(call: Call, roles: tuple[Role, ...], *, may_name: bool) -> Refusal:
    """Why no OPD can be meant: none was named, the chat has none, the speaker holds none."""
    if may_name and (named := code_first(call.text)):
        known = [opd.code for opd in await chats.every_opd(call.session)]
        return UnknownTarget(named[0], closest(named[0], known))
    if may_name:
        return NoOpdNamed()
    return not_yours(call, roles) if call.place.is_private else UnknownChat()


async def _named(call: Call, code: str) -> OpdFacts:
    opd = await chats.by_code(call.session, code)
    if opd is None:
        raise UnknownChat
    return opd
