"""/start: a greeting, or a link that gives a post or links a group."""

from __future__ import annotations

import re

from telegram import InlineKeyboardMarkup

from bot import keyboards_people, messages
from bot.commands import Command, greeting
from bot.context import Answer, Call
from bot.gate import LEADS
from bot.handlers import chats as groups
from db import chats, drafts, handovers, invitations
from db.chats import OpdFacts
from db.invitations import InvitationFacts, InvitationUnknown
from db.people import Holder
from db.refusal import Refusal
from db.reports.briefing import briefing

TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
LOOKED = "opened"  # of draft: a link that may be somebody else's


class PostInGroup(Refusal):
    """A link for a post was said in a group: its token stays good."""


async def start(call: Call, commands: tuple[Command, ...]) -> Answer:
    if not call.text:
        return await _greet(call, commands)
    if not TOKEN.fullmatch(call.text):
        raise InvitationUnknown
    link = await invitations.read(call.session, call.act, call.text)
    if link.role is None:
        return await _group(call, link)
    if not call.place.is_private:
        raise PostInGroup
    if await _is_somebody_elses(call, link):
        return Answer(messages.for_somebody_else(link))
    return await _install(call, commands, link)


async def _greet(call: Call, commands: tuple[Command, ...]) -> Answer:
    if not call.place.is_private:
        place = call.place
        opd = await chats.of_chat(call.session, place.chat_id, place.topic)
        if opd is None:
            return await groups.offered(call)
        return Answer(messages.welcome_group(opd), keyboards_people.for_group(opd))
    posts = call.speaker.posts
    leads = [h for h in posts if h.role in LEADS]
    lead = next((h for h in leads if _needs_group(h)), leads[0] if leads else None)
    first = greeting(commands, {h.role for h in posts})
    text = messages.welcome(call.desk, posts, first, _needs_group(lead))
    return Answer(text, await _first_steps(call, lead))


async def _is_somebody_elses(call: Call, link: InvitationFacts) -> bool:
    """Who works for the city made an OPD's link to forward it, and may have opened it to look:
    it is theirs when they open it again."""
    assert link.role, "a link without a role is a group's"
    posts = call.speaker.posts
    if not link.is_good or link.role.is_of_city or not any(h.role.is_of_city for h in posts):
        return False
    if any((h.role, h.opd) == (link.role, link.opd) for h in posts):
        return False
    return not await drafts.said_before(call.session, LOOKED, call.act, invitation=link.id)


async def _install(call: Call, commands: tuple[Command, ...], link: InvitationFacts) -> Answer:
    """The link gives its post to who brought it."""
    person = (call.speaker.user_id, call.speaker.name)
    made = await invitations.redeem(call.session, call.act, call.text, person)
    if made.is_new:
        await handovers.appointed(call.session, call.act, made, call.now)
    lead = made.new if made.new.role in LEADS else None
    following = greeting(commands, {made.new.role})
    opd = made.new.opd
    brief = await briefing(call.session, call.now, opd.id if opd else None)
    text = messages.installed(
        made, following, _needs_group(lead), stays_good=link.is_good, brief=brief
    )
    return Answer(
        text, await _first_steps(call, lead) or keyboards_people.for_installed(made.new, brief)
    )


async def _group(call: Call, link: InvitationFacts) -> Answer:
    """A group's link: in private it only lets the person choose the group."""
    assert link.opd, "a link without a post is an OPD's"
    if call.place.is_private:
        url = invitations.link(call.bot_name, call.text, "startgroup")
        return Answer(
            messages.group_link(call.desk, link.opd), keyboards_people.for_group_link(url)
        )
    if call.speaker.is_anonymous:
        return await groups.brought_by_nobody(call, call.text, link.opd)
    return await groups.link_by_token(call, call.text)


async def _first_steps(call: Call, lead: Holder | None) -> InlineKeyboardMarkup | None:
    """Whoever leads an OPD may link its group, and invite operators."""
    if lead is None or lead.opd is None:
        return None
    url = await _group_url(call, lead, lead.opd) if _needs_group(lead) else ""
    return keyboards_people.for_lead(lead.opd, url)


async def _group_url(call: Call, lead: Holder, opd: OpdFacts) -> str:
    token = await invitations.make(call.session, call.act.under(lead.tenure_id), None, opd.id)
    return invitations.link(call.bot_name, token, "startgroup")


def _needs_group(lead: Holder | None) -> bool:
    return bool(lead and lead.opd and lead.opd.chat_id is None)
