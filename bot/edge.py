"""The edge between Telegram and the house: one transaction around gate and handler, then one
answer. Nothing is said before what it says is on disk."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from telegram import Update
from telegram.constants import ChatType

from bot import messages, reply, talk
from bot.buttons import Button
from bot.context import Answer, Call, Context
from bot.talk import Remark
from bot.through import Maker, through
from bot.turned_away import Anonymous, NotYours
from bot.way import Way
from db import audit, people
from db.brought import BroughtElsewhere
from db.drafts import NotTheAuthor
from db.engine import Session
from db.invitations import InvitationExpired, InvitationUnknown, InvitationUsed
from db.refusal import Refusal

PtbHandler = Callable[[Update, Context], Coroutine[Any, Any, None]]
Asks = Callable[[Refusal, str], "Answer | None"]
Finder = Callable[[Remark, str], "tuple[Way, str] | None"]
COMMAND = re.compile(r"/[A-Za-z0-9_]+(?:@[A-Za-z0-9_]+)?")  # Telegram takes no other letters
ATTEMPTS = (
    NotYours, NotTheAuthor, Anonymous, BroughtElsewhere, InvitationExpired, InvitationUnknown,
    InvitationUsed,
)  # fmt: skip


def on_command(way: Way) -> PtbHandler:
    """A message that begins with the command."""

    async def run(update: Update, context: Context) -> None:
        await go(
            update, context, way, lambda s: call_of(s, update, context, _after_command(update))
        )

    return run


def on_press(way: Way, button: type[Button]) -> PtbHandler:
    """A press whose data matched the button's pattern."""

    async def run(update: Update, context: Context) -> None:
        assert update.callback_query
        press = button.unpack(update.callback_query.data or "")
        await go(update, context, way, lambda s: call_of(s, update, context, press=press))

    return run


def on_event(way: Way, read: Callable[[Update], object]) -> PtbHandler:
    """Something became of a chat; `read` (bot.talk) says what."""

    async def run(update: Update, context: Context) -> None:
        if update.effective_chat and update.effective_chat.type == ChatType.CHANNEL:
            return  # nobody works there
        await go(update, context, way, lambda s: call_of(s, update, context, event=read(update)))

    return run


def on_remark(find: Finder) -> PtbHandler:
    """What is no command to the letter: `find` says, with the bot's name, which way it goes and
    with what text, if any."""

    async def run(update: Update, context: Context) -> None:
        if found := find(talk.remark(update), context.bot.username):
            way, text = found
            await go(update, context, way, lambda s: call_of(s, update, context, text))

    return run


def on_link(way: Way) -> PtbHandler:
    """/start with a payload such as `bukti-DIKBUD-3`: a command, said by a link as it would be in
    private."""

    async def run(update: Update, context: Context) -> None:
        code, _, number = _after_command(update).partition("-")[2].rpartition("-")
        said = f"{code} {number}"
        await go(update, context, way, lambda s: call_of(s, update, context, said))

    return run


def refused(_refusal: Refusal, _text: str) -> Answer | None:
    """No more is said of it."""
    return None


async def go(
    update: Update, context: Context, way: Way | list[Way], make: Maker, asks: Asks = refused
) -> None:
    """`asks`: what is said instead of a refusal, where something else is asked for."""
    try:
        said = await through(update, context, way, make)
    except Refusal as refusal:
        command = _named(way)
        await _note(update, context, refusal, _taken(way))
        text = messages.refusal(context.desk, refusal, command)
        if question := asks(refusal, text):
            return await reply.answer(update, context, question)
        return await reply.refuse(update, context, text)
    return await reply.answer(update, context, said)


async def call_of(
    session: Session,
    update: Update,
    context: Context,
    text: str = "",
    press: object = None,
    event: object = None,
) -> Call:
    speaker = talk.speaker(update)
    posts = await people.tenures_of(session, speaker.user_id)
    return Call(
        desk=context.desk,
        session=session,
        bot_name=context.bot.username,
        place=talk.place(update),
        speaker=replace(speaker, posts=posts),
        act=talk.act(update, context.desk),
        text=text,
        press=press,
        attachment=talk.attachment(update, context.desk),
        event=event,
        card=talk.card(update),
    )


def _named(way: Way | list[Way]) -> str:
    """The command whose refusal is worded; `done` for a button, which shows how to say it."""
    taken = _taken(way)
    return taken.name if taken and taken.is_command else "done"


def _taken(way: Way | list[Way]) -> Way | None:
    return way if isinstance(way, Way) else way[0] if way else None


def _after_command(update: Update) -> str:
    """`3` of `/done@tuntas_bot 3`, and of `/done, 3` or `/done:3`."""
    text = text_of(update)
    match = COMMAND.match(text)
    return text[match.end() :].lstrip(",:;. \t\n").rstrip() if match else ""


def text_of(update: Update) -> str:
    message = update.effective_message
    return (message and (message.text or message.caption)) or ""


async def _note(update: Update, context: Context, refusal: Refusal, way: Way | None) -> None:
    """An attempt at what is not one's own goes into the audit log. Of who has no name, only the
    chat is known."""
    if isinstance(refusal, ATTEMPTS):
        act = talk.act(update, context.desk)
        what = tried(update) or (way.name if way else "")
        chat = talk.place(update).chat_id if talk.speaker(update).is_anonymous else None
        async with context.desk.transaction() as session:
            await audit.refused(session, act, what, chat)


def tried(update: Update) -> str:
    """The command's word or the button's, never what else was said."""
    if update.callback_query:
        return (update.callback_query.data or "").split(":")[0][:32]
    match = COMMAND.match(text_of(update))
    return match[0][:32] if match else ""
