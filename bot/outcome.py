"""One try at sending, and what became of it. The one place that knows how Telegram fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import httpx
import structlog
from telegram import Message
from telegram import error as tg
from telegram.constants import ParseMode

from bot.context import Context
from bot.letter import Letter
from db.models import Fate

log = structlog.get_logger(__name__)

A_MINUTE = timedelta(minutes=1)
NO_TOPIC = ("message thread not found", "topic_closed")
OUR_FAULT = (  # a BadRequest that says nothing about the chat
    "can't parse",
    "message is too long",
    "message text is empty",
    "button_",
    "reply markup",
    "inline keyboard",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`lost_topic`: what was meant for a topic, deleted or closed, stands in General instead."""

    fate: Fate
    error: Exception | None = None
    message: Message | None = None
    lost_topic: bool = False

    @property
    def pause(self) -> timedelta | None:
        """The silence that Telegram wants of everybody."""
        match self.error:
            case tg.RetryAfter(retry_after=timedelta() as wait):
                return wait
            case tg.InvalidToken():
                return A_MINUTE
            case _:
                return None

    @property
    def wait(self) -> timedelta | None:
        """Before this message is tried again; None: the longer the more often it was tried."""
        return timedelta(0) if isinstance(self.error, tg.ChatMigrated) else self.pause

    @property
    def closes_chat(self) -> bool:
        """Whether Telegram says that nobody can be reached there."""
        refused = isinstance(self.error, tg.Forbidden | tg.BadRequest)
        said = str(self.error).lower()
        return refused and not any(fault in said for fault in OUR_FAULT)


async def send(context: Context, letter: Letter) -> Outcome:
    """To its topic; where that is deleted or closed, to General."""
    outcome = await _send(context, letter, letter.topic)
    said = str(outcome.error).lower()
    if letter.topic and any(reason in said for reason in NO_TOPIC):
        elsewhere = await _send(context, letter, 0)
        return Outcome(elsewhere.fate, elsewhere.error, elsewhere.message, lost_topic=True)
    return outcome


async def _send(context: Context, letter: Letter, topic: int) -> Outcome:
    try:
        sent = await context.bot.send_message(
            letter.chat_id,
            letter.text,
            ParseMode.HTML,
            reply_markup=letter.keyboard,
            message_thread_id=topic or None,
            disable_notification=letter.is_silent,
            read_timeout=30,
        )
    except tg.TelegramError as trouble:
        log.warning("Telegram did not take a message", trouble=str(trouble))
        return Outcome(fate_by(trouble), trouble)
    return Outcome(Fate.SENT, None, sent)


def fate_by(error: tg.TelegramError) -> Fate:
    """In this order: BadRequest is a NetworkError."""
    match error, error.__cause__:
        case tg.RetryAfter() | tg.ChatMigrated() | tg.InvalidToken(), _:
            return Fate.OWED
        case tg.Forbidden() | tg.BadRequest(), _:
            return Fate.FAILED
        case tg.NetworkError(), None | tg.TelegramError():  # the server answered
            return Fate.UNKNOWN if "gateway timeout" in str(error).lower() else Fate.OWED
        case tg.NetworkError(), httpx.ConnectError() | httpx.ConnectTimeout() | httpx.PoolTimeout():
            return Fate.OWED
        case _:
            return Fate.UNKNOWN
