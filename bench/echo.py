"""What Tuntas is compared with: a bare python-telegram-bot that repeats what it hears."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest

Echo = Application[Any, Any, Any, Any, Any, Any]


async def _echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.effective_message:
        await update.effective_message.reply_text(update.effective_message.text or "?")


def build(token: str, request: BaseRequest) -> Echo:
    builder = Application.builder().updater(None).token(token)
    app = builder.request(request).get_updates_request(request).build()
    app.add_handler(MessageHandler(filters.ALL, _echo))
    return app


async def hear(app: Echo) -> None:
    """Take in all that waits, as its own polling would: one after the other."""
    offset = 0
    while updates := await app.bot.get_updates(offset=offset, timeout=0):
        for update in updates:
            await app.process_update(update)
        offset = updates[-1].update_id + 1
