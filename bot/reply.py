"""Answer an Update: once, where it was said, after the transaction."""

from __future__ import annotations

from collections.abc import Collection

import structlog
from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.error import TelegramError

from bot import answers, failing, living, noting, saying, talk, words
from bot.context import Answer, Context, Desk, Said

log = structlog.get_logger(__name__)


async def answer(update: Update, context: Context, said: Answer | None) -> None:
    """A pressed button stops spinning, whatever else is said. What is said in the chat waits for
    its turn, where somebody sees to that (bot.conversation)."""
    says_more = said is not None and bool(said.text or said.file)
    if query := update.callback_query:
        await _answer_press(query, said.pop_up if said else "", is_all=not says_more)
        if said and said.spent and not said.card:
            await _put_out(query, context.desk, said.spent)
    if said and said.card:
        await _show(update, context, *said.card)
    if said is None or not says_more or noting.was_given(context.desk, update.update_id):
        return
    gathered = context.desk.gathered.get(update.update_id)
    if gathered is None:
        await answers.settle(context, [_said(update, said)])
    else:
        gathered.append(_said(update, said))


async def refuse(update: Update, context: Context, text: str) -> None:
    """Say no: in a pop-up over the button that was pressed, otherwise aloud."""
    if update.callback_query:
        await _answer_press(update.callback_query, text, is_all=True)
    elif update.effective_message:
        await answer(update, context, Answer(text, joins=True))


def _said(update: Update, said: Answer) -> Said:
    message = update.effective_message
    command = (message and (message.text or message.caption)) or ""
    name = talk.name(update.effective_user) if update.effective_user else ""
    return Said(update, talk.place(update), said, name, command)


async def _show(update: Update, context: Context, message_id: int, card: Answer) -> None:
    """The card follows what was pressed on it; if that fails, its next press tells."""
    desk, chat_id = context.desk, talk.place(update).chat_id
    try:
        await saying.anew(context, (chat_id, message_id), card)
    except TelegramError as trouble:
        log.warning("A card stays as it was", trouble=str(trouble))
    else:
        await living.note(desk, (chat_id, message_id), card)


async def _put_out(query: CallbackQuery, desk: Desk, spent: Collection[str]) -> None:
    """An old message's buttons follow the state; if that fails, a press still tells it."""
    shown = query.message if isinstance(query.message, Message) else None
    if shown is None or shown.reply_markup is None:
        return
    before = shown.reply_markup.inline_keyboard
    lines = [[b for b in line if b.callback_data not in spent] for line in before]
    left = [line for line in lines if line]
    if sum(map(len, left)) == sum(map(len, before)):
        return
    keyboard = InlineKeyboardMarkup(left) if left else None
    try:
        await query.edit_message_reply_markup(keyboard)
    except TelegramError as trouble:
        log.warning("Old buttons stay", trouble=str(trouble))
    else:
        living.put_out(desk, (shown.chat.id, shown.message_id), keyboard)


async def _answer_press(query: CallbackQuery, text: str, *, is_all: bool) -> None:
    """What is said in the chat comes after it, and must not be lost with it. `is_all`: nothing is,
    so that a pop-up which did not arrive is raised, to be shown when the press comes again."""
    try:
        await query.answer(words.plain(text) or None, show_alert=bool(text))
    except TelegramError as trouble:
        if is_all and failing.comes_again(trouble):
            raise
        log.warning("A press could not be answered", trouble=str(trouble))
