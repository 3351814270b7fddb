"""Say something in a chat, wherever it has gone meanwhile."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from functools import partial
from pathlib import Path

from telegram import CallbackQuery, ForceReply, InputFile, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot import failing
from bot.context import Answer, Context, Place, Said
from db import alarms, linking
from db.act import Act
from db.living import Where

READ = 30.0  # seconds that Telegram may take to answer; the library's 5 leave much unknown
UPLOAD = 60.0  # seconds that a part of a file may take to leave
GONE, UNCHANGED = "message to edit not found", "message is not modified"


def answered(said: Said) -> ReplyParameters | None:
    """In a group, the command that is answered."""
    message = said.update.effective_message
    if message is None or said.place.is_private or said.update.callback_query:
        return None
    return ReplyParameters(message.message_id, allow_sending_without_reply=True)


async def message(
    context: Context, where: Place, said: Answer, to: ReplyParameters | None = None
) -> Message:
    """After a group that became a supergroup meanwhile."""
    try:
        return await _in(context, where, said, to)
    except ChatMigrated as moved:
        desk, old, new = context.desk, where.chat_id, moved.new_chat_id
        now = desk.now()
        opening = desk.calendar.next_opening(now + alarms.GATHER)
        async with desk.transaction() as session:
            await linking.migrate(session, Act(now, f"answer:{old}"), old, new, opening)
        return await _in(context, replace(where, chat_id=new), said)


async def _in(
    context: Context, where: Place, said: Answer, to: ReplyParameters | None = None
) -> Message:
    """A topic that was deleted or closed meanwhile is answered in General."""
    send = partial(
        context.bot.send_message,
        where.chat_id,
        said.text,
        ParseMode.HTML,
        reply_markup=said.keyboard or (ForceReply(selective=True) if said.asks else None),
        reply_parameters=to,
        read_timeout=READ,
    )
    try:
        return await send(message_thread_id=where.topic or None)
    except BadRequest as refused:
        if not (where.topic and failing.lost_topic(refused)):
            raise
        return await send()


async def edit(query: CallbackQuery, said: Answer) -> bool:
    """False where the message is gone, or stands in a group that became a supergroup. What may
    have arrived is tried again, since it replaces itself."""
    if not (query.message and query.message.is_accessible):
        return False
    send = partial(query.edit_message_text, said.text, ParseMode.HTML, reply_markup=said.keyboard)
    try:
        await send(read_timeout=READ)
    except ChatMigrated:
        return False
    except BadRequest as refused:
        if GONE in str(refused).lower():
            return False
        if UNCHANGED not in str(refused).lower():
            raise
    except Forbidden:
        raise
    except TelegramError as trouble:
        raise failing.Repeatable(str(trouble)) from trouble
    return True


async def anew(context: Context, where: Where, said: Answer, *, kind: str | None = None) -> None:
    """In the place of what stands there; without words, its buttons alone. `kind`: for the pace."""
    bot, html = context.bot, ParseMode.HTML
    change = partial(bot.edit_message_reply_markup, *where)
    if said.text:
        change = partial(bot.edit_message_text, said.text, *where, parse_mode=html)
    try:
        await change(reply_markup=said.keyboard, rate_limit_args=kind)
    except BadRequest as refused:
        if UNCHANGED not in str(refused).lower():
            raise


async def document(context: Context, where: Place, said: Answer) -> None:
    assert said.file
    name, content = said.file
    if isinstance(content, Path):
        content = await asyncio.to_thread(content.read_bytes)
    await context.bot.send_document(
        where.chat_id,
        InputFile(io.BytesIO(content), name),
        caption=said.text,
        parse_mode=ParseMode.HTML,
        message_thread_id=where.topic or None,
        read_timeout=READ,
        write_timeout=UPLOAD,
    )
