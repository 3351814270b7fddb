"""Answer an Update: once, where it was said, after the transaction."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial

import structlog
from telegram import CallbackQuery, InputFile, ReplyParameters, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot import failing, messages, talk, words
from bot.context import Answer, Context, Desk, Place, Said
from bot.pace import Closing
from bot.parts import in_parts
from db import alarms, chats, given
from db.act import Act
from db.engine import Unavailable

ALL = 1_000_000  # of an answer's messages were given
READ = 30.0  # seconds that Telegram may take to answer; the library's 5 leave much unknown
TRIES = 10  # at one answer while Telegram does not take it for passing trouble
GONE, UNCHANGED = "message to edit not found", "message is not modified"
log = structlog.get_logger(__name__)


async def answer(update: Update, context: Context, said: Answer | None) -> None:
    """A pressed button stops spinning, whatever else is said."""
    query = update.callback_query
    if query:
        says_more = said is not None and bool(said.text or said.file)
        await _answer_press(query, said.pop_up if said else "", is_all=not says_more)
    was_given = context.desk.given[update.update_id] == ALL
    if said is None or was_given or _gathers(update, context, said):
        return
    await _flush(update, context)
    if said.file:
        await _give(context.desk, talk.place(update), [update.update_id], [_file(update, said)])
    elif said.text and said.edits and query:
        await _edit(update, context, query, said)
    elif said.text:
        await _send(update, context, said)
    context.desk.given[update.update_id] = ALL


async def refuse(update: Update, context: Context, text: str) -> None:
    """Say no: in a pop-up over the button that was pressed, otherwise aloud."""
    if update.callback_query:
        await _answer_press(update.callback_query, text, is_all=True)
    elif update.effective_message:
        await answer(update, context, Answer(text, joins=True))


async def together(context: Context, gathered: list[Said]) -> None:
    """Answers to commands that waited: one message for each place, in the order of the commands.
    Raises TelegramError."""
    for where in dict.fromkeys(said.place for said in gathered):
        here = [said for said in gathered if said.place == where]
        text = here[0].text if len(here) == 1 else messages.together(here)
        says = [partial(_to, context, where, Answer(part)) for part in in_parts(text)]
        await _give(context.desk, where, [said.update_id for said in here], says)
    gathered.clear()


def may_be_retried(desk: Desk, update_id: int, trouble: TelegramError) -> bool:
    """Whether an answer that failed so did not arrive and was not tried too often: then its
    update is held, and the same answer is given when it comes again."""
    if not failing.comes_again(trouble):
        return False
    desk.tries[update_id] += not isinstance(trouble, Closing)
    return desk.tries[update_id] <= TRIES


def _gathers(update: Update, context: Context, said: Answer) -> bool:
    gathered = context.desk.gathered.get(talk.place(update).chat_id)
    if gathered is None or not said.joins or update.callback_query:
        return False
    message = update.effective_message
    command = (message and (message.text or message.caption)) or ""
    name = talk.name(update.effective_user) if update.effective_user else ""
    gathered.append(Said(update.update_id, talk.place(update), name, command, said.text))
    return True


async def _flush(update: Update, context: Context) -> None:
    """What was gathered comes before what cannot join it."""
    if gathered := context.desk.gathered.get(talk.place(update).chat_id):
        await together(context, gathered)


async def _send(update: Update, context: Context, said: Answer) -> None:
    *first, last = in_parts(said.text)
    parts = [*map(Answer, first), Answer(last, said.keyboard)]
    says = [partial(_say, update, context, part) for part in parts]
    await _give(context.desk, talk.place(update), [update.update_id], says)


async def _give(
    desk: Desk, where: Place, updates: Sequence[int], says: Sequence[Callable[[], Awaitable[None]]]
) -> None:
    """An answer to all of these, in its parts. What arrived before the line broke, or before a
    crash, is not said again when they come again."""
    begun = min(desk.given[updates[0]], len(says) - 1)
    for number, say in enumerate(says[begun:], begun + 1):
        await desk.pace.opening(where.chat_id)
        async with desk.answering.turn():
            await say()
            if number == len(says):
                await _note(desk, updates, ALL)
            else:
                await _note(desk, updates[:1], number)


async def _note(desk: Desk, updates: Sequence[int], messages: int) -> None:
    for update_id in updates:
        desk.given[update_id] = messages
    try:
        async with desk.transaction() as session:
            await given.note(session, updates, messages, desk.now())
    except Unavailable:
        log.exception("The database is away: a crash now would repeat this answer")


async def _say(update: Update, context: Context, said: Answer) -> None:
    where, message = talk.place(update), update.effective_message
    answered = (
        ReplyParameters(message.message_id, allow_sending_without_reply=True)
        if message and not where.is_private and not update.callback_query
        else None
    )
    await _to(context, where, said, answered)


async def _to(
    context: Context, where: Place, said: Answer, answered: ReplyParameters | None = None
) -> None:
    """After a group that became a supergroup meanwhile."""
    try:
        await _in(context, where, said, answered)
    except ChatMigrated as moved:
        desk, old, new = context.desk, where.chat_id, moved.new_chat_id
        now = desk.now()
        opening = desk.calendar.next_opening(now + alarms.GATHER)
        async with desk.transaction() as session:
            await chats.migrate(session, Act(now, f"answer:{old}"), old, new, opening)
        await _in(context, replace(where, chat_id=new), said)


async def _in(
    context: Context, where: Place, said: Answer, answered: ReplyParameters | None = None
) -> None:
    """A topic that was deleted or closed meanwhile is answered in General."""
    send = partial(
        context.bot.send_message,
        where.chat_id,
        said.text,
        ParseMode.HTML,
        reply_markup=said.keyboard,
        reply_parameters=answered,
        read_timeout=READ,
    )
    try:
        await send(message_thread_id=where.topic or None)
    except BadRequest as refused:
        if not (where.topic and failing.lost_topic(refused)):
            raise
        await send()


async def _edit(update: Update, context: Context, query: CallbackQuery, said: Answer) -> None:
    """What is too long for one message goes on below it; where the message is gone, all of it."""
    first, *more = in_parts(said.text)
    if not await _edited(query, Answer(first, None if more else said.keyboard)):
        await _send(update, context, said)
    elif more:
        await _send(update, context, Answer("\n".join(more), said.keyboard))


async def _edited(query: CallbackQuery, said: Answer) -> bool:
    """False where the message is gone, or stands in a group that became a supergroup. What may
    have arrived is tried again, since it replaces itself."""
    if not (query.message and query.message.is_accessible):
        return False
    edit = partial(query.edit_message_text, said.text, ParseMode.HTML, reply_markup=said.keyboard)
    try:
        await edit(read_timeout=READ)
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


def _file(update: Update, said: Answer) -> Callable[[], Awaitable[None]]:
    assert said.file
    assert update.effective_chat
    file_name, content = said.file
    chat = update.effective_chat

    async def send() -> None:
        document = InputFile(io.BytesIO(content), file_name)
        say = partial(chat.send_document, document, caption=said.text, parse_mode=ParseMode.HTML)
        await say(read_timeout=READ)

    return send


async def _answer_press(query: CallbackQuery, text: str, *, is_all: bool) -> None:
    """What is said in the chat comes after it, and must not be lost with it. `is_all`: nothing is,
    so that a pop-up which did not arrive is raised, to be shown when the press comes again."""
    try:
        await query.answer(words.plain(text) or None, show_alert=bool(text))
    except TelegramError as trouble:
        if is_all and failing.comes_again(trouble):
            raise
        log.warning("A press could not be answered", trouble=str(trouble))
