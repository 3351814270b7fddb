"""Ask for what a button cannot hold, such as a reason: by a reply, which then runs the command."""

from __future__ import annotations

import re
from dataclasses import asdict

from telegram import Message, Update
from telegram.ext import filters

from bot import messages
from bot.context import Answer, Call, Speaker
from bot.turned_away import Anonymous, NotYours
from db import drafts
from db.drafts import DraftFacts, DraftLapsed, DraftSettled, NotTheAuthor
from db.extensions import AlreadyAsked
from db.items import NotOpen
from db.obstacles import NoSuchObstacle, ObstacleClosed
from db.refusal import Refusal
from db.reports.cards import NoSuchItem

GIVEN_UP = re.compile(r"\s*(?:batal(?:kan)?|tidak jadi)[\s.!]*", re.IGNORECASE)
MARK = re.compile(r"✍️[^\n]*\bD([0-9]{1,9})\Z")  # the end of a message that asks
LASTING = (
    DraftLapsed, DraftSettled, NotTheAuthor, NotYours, Anonymous, AlreadyAsked,
    NoSuchObstacle, ObstacleClosed,
)  # fmt: skip
OF_THE_ITEM = (NoSuchItem, NotOpen)  # another one helps where none was pressed
OBSTACLE = re.compile(r"\A(?:\W+Kendala )?\W*K([0-9]{1,9})\b")  # begins one about an obstacle


async def ask(call: Call, command: str, about: messages.About) -> Answer:
    """Keep what was pressed, and ask for what is missing. The reply is put behind what is asked
    about, and both behind `command`."""
    opd, text, shown = call.opd and call.opd.id, about.text, asdict(about)
    facts = {"command": command, "text": text, "about": shown, "opd": opd, "card": call.card}
    kept = await drafts.keep(call.session, "asked", call.act, **facts)
    said = messages.asked(command, about, call.speaker, kept)
    return Answer(said, asks=True)


def may_say_otherwise(refusal: Refusal, draft: DraftFacts) -> bool:
    """Whether the same question can still be answered in other words."""
    if isinstance(refusal, OF_THE_ITEM):
        return not draft.facts["text"]
    return not isinstance(refusal, LASTING)


def again(draft: DraftFacts, speaker: Speaker, why: str) -> Answer:
    """The question once more, with what was wrong with the reply."""
    command, shown = draft.facts["command"], draft.facts.get("about")
    about = messages.About(**(shown if isinstance(shown, dict) else {}))  # once these were words
    return Answer(messages.asked(command, about, speaker, draft.id, why), asks=True)


def gives_up(text: str) -> bool:
    """Whether a reply says that there will be none."""
    return GIVEN_UP.fullmatch(text) is not None


def asked(message: Message | None) -> int | None:
    """The draft whose question this message replies to."""
    return _found(message, MARK)


def about_obstacle(update: Update) -> str:
    """`K7: segera dianggarkan`, where a message that shows K7 is replied to."""
    message = update.effective_message
    said = (message and (message.text or message.caption)) or ""
    return f"K{_found(message, OBSTACLE)}: {said}"


def _found(message: Message | None, mark: re.Pattern[str]) -> int | None:
    """The number that a message of the bot shows, if this one replies to it."""
    replied = message and message.reply_to_message
    if not (message and replied and replied.from_user):
        return None
    if replied.from_user.id != message.get_bot().id:
        return None
    found = mark.search(replied.text or "")
    return int(found[1]) if found else None


class NothingSaid(Refusal):
    """A picture or a sticker without a word."""


class Replies(filters.MessageFilter):
    """Messages that reply to such a question, and are no command."""

    def filter(self, message: Message) -> bool:
        said = message.text or message.caption or ""
        return asked(message) is not None and not said.startswith("/")


class RepliesToObstacle(filters.MessageFilter):
    """Messages that say something in reply to one that shows an obstacle, and are no command."""

    def filter(self, message: Message) -> bool:
        said = message.text or message.caption or ""
        return bool(said) and not said.startswith("/") and _found(message, OBSTACLE) is not None
