"""Ask for what a button cannot hold, such as a reason: by a reply, which then runs the command."""

from __future__ import annotations

import re

from telegram import Message
from telegram.ext import filters

from bot import messages
from bot.context import Answer, Call
from db import drafts

MARK = re.compile(r"✍️ D([0-9]{1,9})\Z")  # the end of a message that asks


async def ask(call: Call, command: str, text: str, about: str) -> Answer:
    """Keep what was pressed, and ask for what is missing. The reply is put behind `text`, and
    both behind `command`. `about`: what it is asked about, in the words of the template."""
    opd = call.opd and call.opd.id
    kept = await drafts.keep(call.session, "asked", call.act, command=command, text=text, opd=opd)
    said = messages.asked(command, about, call.speaker, kept)
    return Answer(said, asks=True)


def asked(message: Message | None) -> int | None:
    """The draft whose question this message replies to."""
    replied = message and message.reply_to_message
    if not (message and replied and replied.from_user):
        return None
    if replied.from_user.id != message.get_bot().id:
        return None
    found = MARK.search(replied.text or "")
    return int(found[1]) if found else None


class Replies(filters.MessageFilter):
    """Messages that reply to such a question, and are no command."""

    def filter(self, message: Message) -> bool:
        said = message.text or message.caption or ""
        return asked(message) is not None and not said.startswith("/")
