"""A database away holds the update, an old button is told so, all else is a bug in the log."""

from __future__ import annotations

import structlog
from telegram import Update
from telegram.error import TelegramError

from bot import answers, discreet, failing, messages, reply, talk
from bot.context import Answer, Context
from bot.edge import Finder, PtbHandler
from db.engine import Unavailable
from db.refusal import Refusal

log = structlog.get_logger(__name__)


class OldButton(Refusal):
    """Its data means nothing to this version."""


class Edited(Refusal):
    """A command that was edited changes nothing."""


async def old_button(update: Update, context: Context) -> None:
    await reply.refuse(update, context, messages.refusal(context.desk, OldButton()))


def edited(find: Finder) -> PtbHandler:
    """What would have been understood as a command if it were new; other edits mean nothing."""

    async def run(update: Update, context: Context) -> None:
        found = find(talk.remark(update), context.bot.username)
        if found and found[0].is_command:
            await reply.refuse(update, context, messages.refusal(context.desk, Edited()))

    return run


async def on_error(update: object, context: Context) -> None:
    match update, context.error:
        case Update(update_id=held), error if isinstance(error, Unavailable):
            log.error("The database is away: the update is fetched again", update=held)
            context.desk.unsettled.add(held)
        case Update() as asked, TelegramError() as trouble:
            is_held = answers.holds(context.desk, asked.update_id, trouble)
            if not is_held and failing.is_our_fault(trouble):
                await _apologise(asked, context, aloud=True)
        case Update() as asked, error:
            log.error("While handling", update=discreet.whole(asked), exc_info=error)
            await _apologise(asked, context)
        case _, error:
            log.error("While working by the clock", exc_info=error)


async def _apologise(update: Update, context: Context, *, aloud: bool = False) -> None:
    """`aloud`: in the chat, since the pop-up of a press was used up."""
    if not (update.effective_chat and update.effective_user):
        return
    try:
        if aloud:
            await reply.answer(update, context, Answer(messages.trouble()))
        else:
            await reply.refuse(update, context, messages.trouble())
    except TelegramError as trouble:
        answers.holds(context.desk, update.update_id, trouble)
