"""How Telegram fails, and what became of a message then. The one place that knows."""

from __future__ import annotations

from datetime import timedelta

import httpx
from telegram import error as tg

from db.models import Fate

NO_TOPIC = ("message thread not found", "not a forum topic", "topic_closed")
CHAT_REFUSES = (  # a BadRequest that says nobody can be reached there; others are our fault
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "channel_invalid",
    "channel_private",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_send_plain_forbidden",
    "chat_admin_required",
    "chat_restricted",
    "chat_guest_send_forbidden",
    "user_banned_in_channel",
    "user_is_blocked",
    "deactivated",
    "upgraded to a supergroup",
    "kicked",
    *NO_TOPIC,
)
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Repeatable(tg.NetworkError):
    """It may have arrived, and may arrive twice without harm: what replaces a message."""


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
    """Whether an answer that failed so did not arrive: its update is left unacknowledged, and the
    same receipt is given when it comes again."""
    return isinstance(error, Repeatable) or fate_by(error) is Fate.OWED


def silence(error: tg.TelegramError) -> float:
    """Seconds that Telegram wants to be left alone; 0: it did not say."""
    match error:
        case tg.RetryAfter(retry_after=timedelta() as wait):  # by PTB_TIMEDELTA (bot.quiet)
            return wait.total_seconds()
        case _:
            return 0.0


def closes_chat(error: Exception | None) -> bool:
    """Whether Telegram says that nobody can be reached there."""
    said = str(error).lower()
    refuses = isinstance(error, tg.BadRequest) and any(why in said for why in CHAT_REFUSES)
    return refuses or isinstance(error, tg.Forbidden)


def is_our_fault(error: Exception | None) -> bool:
    """Whether Telegram refuses the words or the buttons, not the chat. What is not known counts
    as that: a group is not given up for a refusal that may be new."""
    return isinstance(error, tg.BadRequest) and not closes_chat(error)


def lost_topic(error: Exception | None) -> bool:
    """Whether the topic is deleted or closed."""
    return any(reason in str(error).lower() for reason in NO_TOPIC)
