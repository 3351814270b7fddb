"""A database away holds the update, an old button is told so, all else is a bug in the log."""

from __future__ import annotations

import structlog
from telegram import Update
from telegram.error import TelegramError

from bot import messages, talk
from bot.context import Context
from bot.edge import Finder, PtbHandler, tried
from db.engine import Unavailable
from db.refusal import Refusal

log = structlog.get_logger(__name__)


class OldButton(Refusal):
    """Its data means nothing to this version."""


class Edited(Refusal):
    """A command that was edited changes nothing."""


async def old_button(update: Update, context: Context) -> None:
    await talk.refuse(update, context, messages.refusal(context.desk, OldButton()))


def edited(find: Finder) -> PtbHandler:
    """What would have been understood as a command if it were new; other edits mean nothing."""

    async def run(update: Update, context: Context) -> None:
        found = find(talk.remark(update), context.bot.username)
        if found and found[0].is_command:
            await talk.refuse(update, context, messages.refusal(context.desk, Edited()))

    return run


async def on_error(update: object, context: Context) -> None:
    match update, context.error:
        case Update(update_id=held), error if isinstance(error, Unavailable):
            log.error("The database is away: the update is fetched again", update=held)
            context.desk.unsettled.add(held)
        case Update() as asked, error if not isinstance(error, TelegramError):
            log.error("While handling an update", **_in_short(asked), exc_info=error)
            if asked.effective_chat and asked.effective_user:
                await talk.refuse(asked, context, messages.trouble())
        case _, error:
            log.error("While answering", exc_info=error)


def _in_short(update: Update) -> dict[str, object]:
    """What finds the place of a bug; never a name, a link's token or what was said."""
    kind = next((kind for kind in Update.ALL_TYPES if getattr(update, kind)), "")
    return {"update": update.update_id, "kind": str(kind), "tried": tried(update)}
