"""How Telegram fails, and what became of a message then. The one place that knows."""

from __future__ import annotations

import httpx
from telegram import error as tg

from bot.pace import Closing
from db.models import Fate

NO_TOPIC = ("message thread not found", "topic_closed")
OUR_FAULT = (  # a BadRequest that says nothing about the chat
    "can't parse",
    "message is too long",
    "message text is empty",
    "button_",
    "reply markup",
    "inline keyboard",
)
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def fate_by(error: tg.TelegramError) -> Fate:
    """In this order: BadRequest is a NetworkError. A cause that is a TelegramError, or none, means
    that the server answered."""
    match error, error.__cause__:
        case tg.RetryAfter() | tg.ChatMigrated() | tg.InvalidToken(), _:
            return Fate.OWED
        case tg.Forbidden() | tg.BadRequest(), _:
            return Fate.FAILED
        case tg.NetworkError(), None | tg.TelegramError():
            return Fate.UNKNOWN if "gateway timeout" in str(error).lower() else Fate.OWED
        case tg.NetworkError(), cause if isinstance(cause, NEVER_LEFT):
            return Fate.OWED
        case _:
            return Fate.UNKNOWN


def comes_again(error: tg.TelegramError) -> bool:
    """Whether an answer that failed so did not arrive, or the process is about to end: its update
    is left unacknowledged, and the same receipt is given when it comes again."""
    return isinstance(error, Closing) or fate_by(error) is Fate.OWED


def closes_chat(error: Exception | None) -> bool:
    """Whether Telegram says that nobody can be reached there."""
    return isinstance(error, tg.Forbidden | tg.BadRequest) and not is_our_fault(error)


def is_our_fault(error: Exception | None) -> bool:
    """Whether Telegram refuses the words or the buttons, not the chat."""
    said = str(error).lower()
    return isinstance(error, tg.BadRequest) and any(fault in said for fault in OUR_FAULT)


def lost_topic(error: Exception | None) -> bool:
    """Whether the topic is deleted or closed."""
    return any(reason in str(error).lower() for reason in NO_TOPIC)
