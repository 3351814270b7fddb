"""/bantuan: what this person can do here."""

from __future__ import annotations

from bot import messages
from bot.commands import Command, seen
from bot.context import Answer, Call
from bot.gate import OF_OPD
from db import chats
from db.chats import OpdFacts
from db.people import Holder
from db.refusal import Refusal


class OnlyInPrivate(Refusal):
    """The command is for the private chat."""


class OnlyInGroup(Refusal):
    """The command is for a group."""


async def help(call: Call, commands: tuple[Command, ...]) -> Answer:
    """In an OPD's group the posts held there and those of the city; in private all posts."""
    place = call.place
    here = await chats.of_chat(call.session, place.chat_id, place.topic)
    posts = [h for h in call.speaker.posts if place.is_private or _counts(h, here)]
    mine = seen(commands, {h.role for h in posts}, is_private=place.is_private)
    name = "" if place.is_private else call.bot_name
    return Answer(messages.help(posts, mine, here, name))


async def elsewhere(call: Call) -> Answer:
    """A command said in the other kind of chat than its own."""
    raise OnlyInGroup if call.place.is_private else OnlyInPrivate


def _counts(holder: Holder, here: OpdFacts | None) -> bool:
    return holder.role not in OF_OPD or bool(here and holder.opd and holder.opd.id == here.id)
