"""Drain what is owed: claim, write, send, settle. One task; nothing else sends unasked."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import httpx
import structlog
from telegram import Message
from telegram import error as tg
from telegram.constants import ParseMode

from bot.context import Context
from bot.letters import LETTERS, Letter
from db import chats, owed, people
from db.act import Act
from db.engine import Session, Unavailable
from db.models import Fate
from db.owed import Claim

log = structlog.get_logger(__name__)

IDLE, CLOSED = timedelta(seconds=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one sending."""

    fate: Fate
    error: Exception | None = None
    message: Message | None = None

    @property
    def pause(self) -> timedelta | None:
        """The silence that Telegram wants of everybody."""
        match self.error:
            case tg.RetryAfter(retry_after=timedelta() as wait):
                return wait
            case tg.InvalidToken():
                return CLOSED
            case _:
                return None


async def forever(context: Context, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            pause = await drain(context, stop)
        except Exception:
            log.exception("While sending")
            pause = CLOSED
        try:
            async with asyncio.timeout(pause.total_seconds()):
                await stop.wait()
        except TimeoutError:
            continue


async def drain(context: Context, stop: asyncio.Event | None = None) -> timedelta:
    """Send all whose turn has come. Returns for how long to be silent then."""
    desk = context.desk
    async with desk.view() as session:
        if not await owed.has_due(session, desk.now()):
            return IDLE
    async with desk.transaction() as session:
        await owed.tidy(session, desk.now())
    while not (stop and stop.is_set()):
        now = desk.now()
        async with desk.transaction() as session:
            claim = await owed.claim(session, now, is_open=desk.calendar.is_open(now))
        if claim is None:
            break
        if pause := await _pay(context, claim):
            return pause
    return IDLE


async def _pay(context: Context, claim: Claim) -> timedelta | None:
    """Written after the claim, so never stale. Returns the pause that Telegram wants of all."""
    letter: Letter | None = None
    try:
        async with context.desk.view() as session:
            letter = await LETTERS[claim.debt.kind](context.desk, session, claim)
        outcome = await _send(context, letter) if letter else Outcome(Fate.OBSOLETE)
    except Unavailable:
        raise  # the claim stays open, and tidy() finds it
    except Exception as bug:
        log.exception("A message cannot be written", key=claim.debt.key)
        outcome = Outcome(Fate.FAILED, bug)
    await _settle(context, claim, letter, outcome)
    return outcome.pause


async def _send(context: Context, letter: Letter) -> Outcome:
    try:
        sent = await context.bot.send_message(
            letter.chat_id,
            letter.text,
            ParseMode.HTML,
            reply_markup=letter.keyboard,
            message_thread_id=letter.topic or None,
            disable_notification=letter.is_silent,
            read_timeout=30,
        )
    except tg.TelegramError as trouble:
        log.warning("Telegram did not take a message", trouble=str(trouble))
        return Outcome(fate_by(trouble), trouble)
    return Outcome(Fate.SENT, None, sent)


def fate_by(error: tg.TelegramError) -> Fate:
    """The one place that knows how Telegram fails. In order: BadRequest is a NetworkError."""
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


async def _settle(context: Context, claim: Claim, letter: Letter | None, outcome: Outcome) -> None:
    desk, error = context.desk, outcome.error
    wait = timedelta(0) if isinstance(error, tg.ChatMigrated) else outcome.pause
    async with desk.transaction() as session:
        now = desk.now()
        row = await owed.settle(session, claim.id, outcome.fate, now, wait, str(error or ""))
        if letter is None:
            return
        row.chat_id = letter.chat_id
        if outcome.message:
            row.message_id, row.sent_at = outcome.message.message_id, now
            if letter.on_sent:
                await letter.on_sent(session)
        if error:
            await _learn(session, Act(now, f"send:{claim.id}"), letter, error)


async def _learn(session: Session, act: Act, letter: Letter, error: Exception) -> None:
    """What a refusal tells about the chat: it moved, or it cannot be reached."""
    match error:
        case tg.ChatMigrated(new_chat_id=new):
            await chats.migrate(session, act, letter.chat_id, new)
        case tg.Forbidden() | tg.BadRequest() if letter.chat_id < 0:
            await chats.trouble(session, act, letter.chat_id, str(error))
        case tg.Forbidden() | tg.BadRequest():
            await people.trouble(session, letter.chat_id, str(error))
        case _:
            return
