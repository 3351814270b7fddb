"""Who holds which post: links that give one, tenures that end."""

from __future__ import annotations

import asyncio

from bot import keyboards, messages, words, workbook
from bot.context import Answer, Call
from bot.gate import LEADS
from bot.handlers.errors import OldButton
from bot.handlers.help import OnlyInPrivate
from bot.reading import posts
from bot.reading.refusals import UnknownTarget
from bot.reading.targets import closest
from bot.turned_away import not_yours
from db import chats, drafts, handovers, invitations, people, tenures
from db.chats import OpdFacts
from db.drafts import DraftFacts
from db.models import Role
from db.people import Holder
from db.question import Question
from db.refusal import Refusal

FILE = "undangan-tuntas.xlsx"


class PostUnclear(Refusal):
    """No post was named, or more than one OPD. `command`: the one that was tried."""

    def __init__(self, command: str) -> None:
        self.command = command


class NobodyThere(Refusal):
    """Nobody, or nobody of that name, holds the post."""

    def __init__(self, title: str, name: str) -> None:
        self.title, self.name = title, name


async def invite(call: Call) -> Answer:
    """/undang ROLE [OPD] [plt], or /undang semua."""
    if call.text.strip().lower() == "semua":
        return await _invite_all(call)
    asked = posts.post(call.text)
    opd, rest = await _of(call, asked, "undang")
    if rest:
        raise await _unknown(call, rest[0])
    assert asked.role, "_of() refuses what names no post"
    return await _invite(call, asked.role, opd, asked)


async def invite_pressed(call: Call) -> Answer:
    """👥 Undang operator."""
    return await _invite(call, Role.OPERATOR, call.of, posts.Named())


async def end(call: Call) -> Answer:
    """/akhiri ROLE [OPD] [name]: a preview first."""
    asked = posts.post(call.text)
    opd, rest = await _of(call, asked, "akhiri")
    assert asked.role, "_of() refuses what names no post"
    leaving = await _leaving(call, asked.role, opd, " ".join(rest))
    draft = await drafts.keep(call.session, "end", call.act, tenure=leaving.tenure_id)
    last = leaving.role is Role.COORDINATOR and await _is_last(call)
    return Answer(messages.ending(call.desk, leaving, last), keyboards.for_preview(draft))


async def end_saved(call: Call, draft: DraftFacts) -> Answer:
    """✅ Simpan under that preview."""
    leaving = await people.holder(call.session, draft.facts["tenure"])
    assert leaving, "the preview named it"
    by = _permitted(call, leaving.role, leaving.opd)
    return await _end(call, leaving, by)


async def end_again(call: Call, draft: DraftFacts) -> Answer:
    """Pressed again: how it ended."""
    return await _gone(call, draft.facts["tenure"])


async def not_them(call: Call) -> Answer:
    """“Bukan orangnya”, by a coordinator: the tenure that a link gave ends."""
    leaving = await people.holder(call.session, call.press.tenure)
    if leaving is None:
        raise OldButton
    return await _end(call, leaving, call.who)


async def _end(call: Call, leaving: Holder, by: Holder) -> Answer:
    """Ended already: nothing happens, and the answer is the same."""
    act = call.act.under(by.tenure_id)
    if await tenures.end(call.session, act, leaving.tenure_id):
        await handovers.ended(call.session, act, leaving, call.now)
        await call.session.flush()
    return await _gone(call, leaving.tenure_id)


async def _gone(call: Call, tenure_id: int) -> Answer:
    gone = await people.holder(call.session, tenure_id)
    assert gone, "tenures are never removed"
    return Answer(messages.ended(call.desk, gone), edits=True)


async def _invite(call: Call, role: Role, opd: OpdFacts | None, asked: posts.Named) -> Answer:
    """In a group others would read the link, and take the post; a forged press gets here, too."""
    by = _permitted(call, role, opd)
    if not call.place.is_private:
        raise OnlyInPrivate
    act = call.act.under(by.tenure_id)
    token = await invitations.make(call.session, act, role, opd.id if opd else None, asked.acting)
    link = invitations.link(call.bot_name, token)
    until = invitations.expiry(call.act)
    settings = call.desk.settings
    return Answer(messages.invitation(settings, role, opd, asked.acting, link, until))


async def _invite_all(call: Call) -> Answer:
    if call.who.role is not Role.COORDINATOR:
        raise not_yours(call, (Role.COORDINATOR,))
    until = invitations.expiry(call.act).astimezone(call.desk.settings.timezone)
    made = await invitations.make_missing(call.session, call.act)
    text = messages.invitations_workbook(len(made), until)
    if not made:
        return Answer(text)
    rows = messages.invitation_rows(call.desk.settings, call.bot_name, made, until)
    content = await asyncio.to_thread(workbook.invitations_workbook, rows)
    return Answer(text, file=(FILE, content))


async def _of(
    call: Call, asked: posts.Named, command: str
) -> tuple[OpdFacts | None, tuple[str, ...]]:
    """The OPD of the post that was named, and the words left over."""
    if asked.role is None:
        raise PostUnclear(command)
    if asked.role.is_of_city:
        if call.opd and call.who.role is Role.COORDINATOR:
            raise PostUnclear(command)
        return None, asked.rest
    if call.opd:
        return call.opd, asked.rest
    raise await _unknown(call, asked.rest[0]) if asked.rest else PostUnclear(command)


async def _unknown(call: Call, code: str) -> UnknownTarget:
    codes = [opd.code for opd in await chats.every_opd(call.session)]
    return UnknownTarget(code[:40], closest(code, codes))


def _permitted(call: Call, role: Role, opd: OpdFacts | None) -> Holder:
    """A coordinator every post; who leads an OPD its operators. The post under which they act."""
    for holder in call.speaker.posts:
        if holder.role is Role.COORDINATOR:
            return holder
    for holder in call.speaker.posts:
        leads = holder.role in LEADS and opd and holder.opd and holder.opd.id == opd.id
        if role is Role.OPERATOR and leads:
            return holder
    may = (Role.COORDINATOR, *LEADS) if role is Role.OPERATOR else (Role.COORDINATOR,)
    raise not_yours(call, may)


async def _leaving(call: Call, role: Role, opd: OpdFacts | None, name: str) -> Holder:
    """Whose tenure is meant; asks where several hold the post."""
    _permitted(call, role, opd)
    sitting = await people.holders(call.session, [role], opd.id if opd else None)
    found = [h for h in sitting if _is_named(h, name)]
    if not found:
        raise NobodyThere(words.duty(role, opd), name)
    if len(found) > 1:
        code = opd.code if opd else ""
        ways = tuple((h.name[:60], f"{code} {role.value} #{h.tenure_id}".strip()) for h in found)
        raise Question("person", ways)
    return found[0]


def _is_named(holder: Holder, name: str) -> bool:
    if name.startswith("#"):
        return name == f"#{holder.tenure_id}"
    return name.casefold() in holder.name.casefold()


async def _is_last(call: Call) -> bool:
    return len(await people.holders(call.session, [Role.COORDINATOR], None)) == 1
