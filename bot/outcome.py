"""One try at sending what is owed, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import structlog
from telegram import Message
from telegram import error as tg
from telegram.constants import ParseMode

from bot import failing
from bot.context import Context
from bot.letter import Letter
from bot.pace import BROADCAST, Closing
from db.models import Fate

log = structlog.get_logger(__name__)

A_MINUTE = timedelta(minutes=1)


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
        at_once = isinstance(self.error, tg.ChatMigrated | Closing)
        return timedelta(0) if at_once else self.pause

    @property
    def closes_chat(self) -> bool:
        """Whether Telegram says that nobody can be reached there."""
        return failing.closes_chat(self.error)


async def send(context: Context, letter: Letter) -> Outcome:
    """To its topic; where that is deleted or closed, to General."""
    outcome = await _send(context, letter, letter.topic)
    if letter.topic and failing.lost_topic(outcome.error):
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
            rate_limit_args=BROADCAST,
        )
    except tg.TelegramError as trouble:
        log.warning("Telegram did not take a message", trouble=str(trouble))
        return Outcome(failing.fate_by(trouble), trouble)
    return Outcome(Fate.SENT, None, sent)
