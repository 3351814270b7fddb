"""Groups and topics: which OPD they are, and what becomes of them."""

from __future__ import annotations

from datetime import datetime

from bot import keyboards_people, messages
from bot.context import Answer, Call
from bot.gate import OF_OPD
from bot.handlers.errors import OldButton
from bot.reading.refusals import UnknownTarget
from bot.reading.targets import closest as alike
from bot.reading.text import excerpt
from bot.reading.titles import closest
from bot.talk import Membership, Migration
from bot.turned_away import UnknownChat, not_yours
from db import alarms, chats, handovers, hearers, invitations, linking, reach
from db.chats import OpdFacts
from db.linking import ChatTaken
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
        raise not_yours(call, (Role.COORDINATOR, Role.SECRETARY, Role.HEAD), opd.name)
    answer = await _link(call, opd)
    return Answer(answer.text, answer.keyboard, edits=True)


async def link_by_token(call: Call, token: str) -> Answer:
    """The link itself is the right; who brought it is recorded."""
    place = call.place
    opd = await invitations.redeem_for_group(
        call.session, call.act, token, place.chat_id, place.topic, place.title
    )
    return await _linked(call, opd)


async def brought_by_nobody(call: Call, token: str, opd: OpdFacts) -> Answer:
    """An anonymous admin brought the link: somebody with a name presses, and nowhere else."""
    place = call.place
    here = await chats.exactly_of(call.session, place.chat_id, place.topic)
    if here and here.id != opd.id:
        raise ChatTaken(here.name)
    await invitations.bring(call.session, call.act, token, place.chat_id, place.topic)
    return Answer(messages.claim_group(), keyboards_people.for_claim(token))


async def claimed(call: Call) -> Answer:
    """An anonymous admin brought the link, and somebody pressed the button."""
    if call.place.is_private:
        raise OldButton
    answer = await link_by_token(call, call.press.token)
    return Answer(answer.text, answer.keyboard, edits=True)


async def unlink(call: Call) -> Answer:
    """/lepas: where it is said, the topic or the whole group."""
    place = call.place
    if before := await linking.unlinked_by(call.session, call.act):
        return Answer(messages.unlinked(before, is_topic=bool(place.topic)))
    opd = await chats.exactly_of(call.session, place.chat_id, place.topic)
    if opd is None:
        raise UnknownChat
    if call.text and call.text.upper() != opd.code:
        raise UnknownTarget(excerpt(call.text.upper()), (opd.code,))
    await linking.unlink(call.session, call.act, opd.id)
    await hearers.readdress(call.session, [opd.id], call.now)
    return Answer(messages.unlinked(opd, is_topic=bool(place.topic)))


async def offered(call: Call) -> Answer:
    """A group without an OPD: what this person may link it to."""
    opds = await _candidates(call)
    return Answer(messages.offer(opds), keyboards_people.for_offer(opds))


async def member(call: Call) -> Answer | None:
    """The bot was added, removed, silenced or given its voice back; blocked, or unblocked."""
    event: Membership = call.event
    place, act = call.place, call.act
    if event.is_inside and place.is_private:
        await reach.heard_from(call.session, act, place.chat_id)
        return None
    if not (event.is_inside and event.may_speak):
        away = reach.BLOCKED if place.is_private else reach.REMOVED
        why = reach.SILENCED if event.is_inside else away
        await reach.lost(call.session, act, place.chat_id, why, _opening(call))
        return None
    await linking.rename(call.session, act, place.chat_id, place.title)
    if await reach.found(call.session, act, place.chat_id):
        return await _again(call)
    if not event.was_inside and not await chats.all_of_chat(call.session, place.chat_id):
        ids = [opd.id for opd in await _candidates(call)]
        await linking.offer(call.session, act, place.chat_id, ids, call.now)
    return None


async def migrated(call: Call) -> None:
    event: Migration = call.event
    await linking.migrate(call.session, call.act, event.old, event.new, _opening(call))


async def renamed(call: Call) -> None:
    await linking.rename(call.session, call.act, call.place.chat_id, call.place.title)


async def reopened(call: Call) -> None:
    """A topic, or General, may be written in again."""
    await reach.found_topic(call.session, call.act, call.place.chat_id, call.place.topic)


async def _link(call: Call, opd: OpdFacts) -> Answer:
    place = call.place
    await linking.link(call.session, call.act, opd.id, place.chat_id, place.topic, place.title)
    return await _linked(call, await chats.by_id(call.session, opd.id))


async def _linked(call: Call, opd: OpdFacts) -> Answer:
    """The coordinators hear when it moves: a link may be forwarded."""
    place = call.place
    moved_from = await linking.moved_from(call.session, call.act)
    if moved_from:
        by, facts = {call.speaker.user_id}, {"opd": opd.id, "chat": place.chat_id}
        await handovers.coordinators(call.session, call.act, "moved_group", by, call.now, **facts)
    text = messages.linked(opd, is_topic=bool(place.topic), moved_from=moved_from)
    return Answer(text, keyboards_people.for_group(opd))


async def _again(call: Call) -> Answer | None:
    opd = await chats.exactly_of(call.session, call.place.chat_id, 0)
    return await _linked(call, opd) if opd else None


def _opening(call: Call) -> datetime:
    """What the coordinators hear because of no command waits for the window."""
    return call.desk.calendar.next_opening(call.now + alarms.GATHER)


async def _candidates(call: Call) -> list[OpdFacts]:
    """For a coordinator the OPD without a group, closest to the group's title first; for who
    holds a post in an OPD without a group, that OPD. A group that was lost is none."""
    free = [opd for opd in await chats.every_opd(call.session) if not opd.is_reachable]
    roles = {h.role for h in call.speaker.posts}
    if Role.COORDINATOR not in roles:
        mine = {h.opd.id for h in call.speaker.posts if h.opd and h.role in OF_OPD}
        free = [opd for opd in free if opd.id in mine]
    return closest(call.place.title, free)[:OFFERED]
