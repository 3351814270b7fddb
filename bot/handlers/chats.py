"""Groups and topics: which OPD they are, and what becomes of them."""

from __future__ import annotations

from bot import keyboards, messages
from bot.context import Answer, Call
from bot.gate import OF_OPD, NotYours, UnknownChat
from bot.handlers.errors import OldButton
from bot.reading.refusals import UnknownTarget
from bot.reading.targets import closest as alike
from bot.reading.text import excerpt
from bot.reading.titles import closest
from bot.talk import Membership, Migration
from db import chats, handovers, invitations, people, reach
from db.chats import OpdFacts
from db.models import Role
from db.refusal import Refusal

OFFERED = 8


class CodeMissing(Refusal):
    """Which OPD the group is to be linked to was not said."""


async def link(call: Call) -> Answer:
    """/hubungkan OPD, by a coordinator: this group, or this topic of it."""
    if not call.text:
        raise CodeMissing
    opd = await chats.by_code(call.session, call.text)
    if opd is None:
        codes = [one.code for one in await chats.every_opd(call.session)]
        raise UnknownTarget(excerpt(call.text), alike(call.text, codes))
    return await _link(call, opd)


async def link_pressed(call: Call) -> Answer:
    """The button of an offer: a coordinator any OPD, its own people one that has no group."""
    opd = call.opd or await chats.by_code(call.session, call.press.opd)
    if opd is None or call.place.is_private:
        raise OldButton
    is_elsewhere = opd.chat_id not in {None, call.place.chat_id}
    if is_elsewhere and call.who.role is Role.OPERATOR:
        raise NotYours((Role.COORDINATOR, Role.SECRETARY, Role.HEAD), opd.name)
    answer = await _link(call, opd)
    return Answer(answer.text, answer.keyboard, edits=True)


async def link_by_token(call: Call, token: str) -> Answer:
    """The link itself is the right; who brought it is recorded."""
    before = (await invitations.read(call.session, call.act, token)).opd
    place = call.place
    opd = await invitations.redeem_for_group(
        call.session, call.act, token, place.chat_id, place.topic, place.title
    )
    return await _linked(call, opd, before)


async def claimed(call: Call) -> Answer:
    """An anonymous admin brought the link, and somebody pressed the button."""
    if call.place.is_private:
        raise OldButton
    answer = await link_by_token(call, call.press.token)
    return Answer(answer.text, answer.keyboard, edits=True)


async def unlink(call: Call) -> Answer:
    """/lepas: where it is said, the topic or the whole group."""
    place = call.place
    opd = await chats.exactly_of(call.session, place.chat_id, place.topic)
    if opd is None:
        raise UnknownChat
    if call.text and call.text.upper() != opd.code:
        raise UnknownTarget(excerpt(call.text.upper()), (opd.code,))
    await chats.unlink(call.session, call.act, opd.id)
    return Answer(messages.unlinked(opd, is_topic=bool(place.topic)))


async def offered(call: Call) -> Answer:
    """A group without an OPD: what this person may link it to."""
    opds = await _candidates(call)
    return Answer(messages.offer(opds), keyboards.for_offer(opds))


async def member(call: Call) -> Answer | None:
    """The bot was added, removed, silenced or given its voice back."""
    event: Membership = call.event
    place, act = call.place, call.act
    if place.is_private:
        why = "" if event.is_inside else "blocked"
        await people.trouble(call.session, call.speaker.user_id, why)
        return None
    if not event.is_inside or not event.may_speak:
        why = reach.SILENCED if event.is_inside else reach.REMOVED
        await reach.lost(call.session, act, place.chat_id, why)
        return None
    if await reach.found(call.session, act, place.chat_id):
        return await _again(call)
    if not event.was_inside and not await chats.all_of_chat(call.session, place.chat_id):
        ids = [opd.id for opd in await _candidates(call)]
        await chats.offer(call.session, act, place.chat_id, ids, call.now)
    return None


async def migrated(call: Call) -> None:
    event: Migration = call.event
    await chats.migrate(call.session, call.act, event.old, event.new)


async def _link(call: Call, opd: OpdFacts) -> Answer:
    place = call.place
    await chats.link(call.session, call.act, opd.id, place.chat_id, place.topic, place.title)
    return await _linked(call, await chats.by_id(call.session, opd.id), opd)


async def _linked(call: Call, opd: OpdFacts, before: OpdFacts | None) -> Answer:
    """`before`: the OPD as it was. The coordinators hear when it moves: a link may be forwarded."""
    place, moved_from = call.place, ""
    if before and before.chat_id not in {None, place.chat_id}:
        moved_from = before.chat_title
        by, facts = {call.speaker.user_id}, {"opd": opd.id, "chat": place.chat_id}
        await handovers.coordinators(call.session, call.act, "moved_group", by, call.now, **facts)
    text = messages.linked(opd, is_topic=bool(place.topic), moved_from=moved_from)
    return Answer(text, keyboards.for_group(opd))


async def _again(call: Call) -> Answer | None:
    opd = await chats.exactly_of(call.session, call.place.chat_id, 0)
    return await _linked(call, opd, opd) if opd else None


async def _candidates(call: Call) -> list[OpdFacts]:
    """For a coordinator the OPD without a group, closest to the group's title first; for who
    holds a post in an OPD without a group, that OPD."""
    free = [opd for opd in await chats.every_opd(call.session) if opd.chat_id is None]
    roles = {h.role for h in call.speaker.posts}
    if Role.COORDINATOR not in roles:
        mine = {h.opd.id for h in call.speaker.posts if h.opd and h.role in OF_OPD}
        free = [opd for opd in free if opd.id in mine]
    return closest(call.place.title, free)[:OFFERED]
