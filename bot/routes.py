"""Everything that can wake the bot, with its gate, in the order it is tried."""

from __future__ import annotations

from datetime import timedelta

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot import asking, edge, talk
from bot.buttons import Choose
from bot.choosing import on_choice
from bot.commands import FRESH
from bot.context import App, Context
from bot.gate import anyone
from bot.handlers import chats, errors, help, near, obstacles
from bot.replying import on_reply
from bot.table import COMMANDS, LINKS, PRESSES, WAYS
from bot.ticks import TICKS
from bot.way import Way

EDITED = filters.UpdateType.EDITED_MESSAGE
MEMBER = Way("member", anyone, chats.member)
MIGRATED = Way("migrated", anyone, chats.migrated)
RENAMED = Way("renamed", anyone, chats.renamed)
REOPENED = Way("reopened", anyone, chats.reopened)
ANSWERED = Way("jawab", anyone, obstacles.replied)
OPENED = (  # a topic, or General
    filters.StatusUpdate.FORUM_TOPIC_REOPENED | filters.StatusUpdate.GENERAL_FORUM_TOPIC_UNHIDDEN
)


class OnButton(CallbackQueryHandler[Context, None]):
    """A press without data is of no button; the library would take it for the first."""

    def check_update(self, update: object) -> bool | object | None:
        query = update.callback_query if isinstance(update, Update) else None
        return super().check_update(update) if query and query.data else None


def add_routes(app: App) -> None:
    for link in LINKS:
        app.add_handler(CommandHandler("start", edge.on_link(link.way), link.pattern))
    for command in COMMANDS:
        run = edge.on_command(command.way)
        app.add_handler(CommandHandler(command.names, run, command.where))
    for command in COMMANDS:
        if command.where is not FRESH:  # in the wrong kind of chat
            elsewhere = edge.on_command(Way(command.way.name, anyone, help.elsewhere))
            app.add_handler(CommandHandler(command.names, elsewhere, FRESH))
    for press in PRESSES:
        run = edge.on_press(press.way, press.button)
        app.add_handler(OnButton(run, press.button.pattern()))
    app.add_handler(OnButton(on_choice(WAYS), Choose.pattern()))
    app.add_handler(CallbackQueryHandler(errors.old_button))
    member = edge.on_event(MEMBER, talk.membership)
    app.add_handler(ChatMemberHandler(member, ChatMemberHandler.MY_CHAT_MEMBER))
    migrated = edge.on_event(MIGRATED, talk.migration)
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, migrated))
    renamed = edge.on_event(RENAMED, talk.place)
    app.add_handler(MessageHandler(filters.StatusUpdate.NEW_CHAT_TITLE, renamed))
    app.add_handler(MessageHandler(OPENED, edge.on_event(REOPENED, talk.place)))
    find = near.finder(COMMANDS)
    app.add_handler(MessageHandler(EDITED, errors.edited(find)))
    app.add_handler(MessageHandler(FRESH & asking.Replies(), on_reply(WAYS)))
    answered = edge.on_event(ANSWERED, asking.about_obstacle)
    app.add_handler(MessageHandler(FRESH & asking.RepliesToObstacle(), answered))
    app.add_handler(MessageHandler(FRESH & ~filters.StatusUpdate.ALL, edge.on_remark(find)))

    assert app.job_queue, "install python-telegram-bot[job-queue]"
    for tick in TICKS:
        app.job_queue.run_repeating(
            tick, timedelta(minutes=1), job_kwargs={"misfire_grace_time": None}
        )
    app.add_error_handler(errors.on_error)
