"""Drain what is owed: claim, write, send, settle. One task; nothing else sends unasked."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import structlog
from telegram import error as tg

from bot import messages, outcome
from bot.context import Context, Desk
from bot.letters import LETTERS, Letter
from bot.outcome import Outcome
from bot.parts import LONGEST, in_parts
from db import chats, owed, people, reach
from db.act import Act
from db.engine import Session, Unavailable
from db.models import Fate
from db.owed import Claim

log = structlog.get_logger(__name__)

IDLE, TROUBLED = timedelta(seconds=1), timedelta(minutes=1)


async def forever(context: Context, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            pause = await drain(context, stop)
        except Exception:
            log.exception("While sending")
            pause = TROUBLED
        try:
            async with asyncio.timeout(pause.total_seconds()):
                await stop.wait()
        except TimeoutError:
            continue


async def drain(context: Context, stop: asyncio.Event | None = None) -> timedelta:
    """Send all whose turn has come. Returns for how long to be silent then."""
    desk = context.desk
    now = desk.now()
    async with desk.view() as session:
        if not await owed.has_work(session, now, is_open=desk.calendar.is_open(now)):
            return IDLE
    async with desk.transaction() as session:
        await owed.tidy(session, now)
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
    parts = 0
    try:
        letter, parts = await _write(context.desk, claim)
        became = await outcome.send(context, letter) if letter else Outcome(Fate.OBSOLETE)
    except Unavailable:
        raise  # the claim stays open, and tidy() finds it
    except Exception as bug:
        log.exception("A message cannot be written", key=claim.debt.key)
        became = Outcome(Fate.FAILED, bug)
    await _settle(context.desk, claim, letter, parts, became)
    return became.pause


async def _write(desk: Desk, claim: Claim) -> tuple[Letter | None, int]:
    """The part whose turn it is, and of how many."""
    async with desk.view() as session:
        letter = await LETTERS[claim.debt.kind](desk, session, claim)
    parts = in_parts(letter.text) if letter else []
    if letter is None or claim.part > len(parts):
        return None, 0
    text = parts[claim.part - 1]
    if claim.is_repeat and len(warned := messages.repeat(text)) <= LONGEST:
        text = warned
    if claim.part == len(parts):
        return replace(letter, text=text), len(parts)
    return replace(letter, text=text, keyboard=None, on_sent=None), len(parts)


async def _settle(
    desk: Desk, claim: Claim, letter: Letter | None, parts: int, became: Outcome
) -> None:
    async with desk.transaction() as session:
        now = desk.now()
        why = str(became.error or "")
        fate, wait = became.fate, became.wait
        if elsewhere := _may_go_elsewhere(claim, letter, became):
            fate, wait = Fate.OWED, timedelta(0)
        row = await owed.settle(session, claim.id, fate, now, wait, why)
        if elsewhere:
            await owed.note(session, claim.id, elsewhere=True)
        if letter is None:
            return
        row.chat_id = letter.chat_id
        if became.message:
            row.message_id, row.sent_at = became.message.message_id, now
            if letter.on_sent:
                await letter.on_sent(session)
        if claim.part < parts and became.fate in owed.ARRIVED and row.not_before is None:
            await owed.owe(session, owed.next_part(claim), now)
        await _learn(session, Act(now, f"send:{claim.id}"), letter, became)


def _may_go_elsewhere(claim: Claim, letter: Letter | None, became: Outcome) -> bool:
    """What an OPD's group cannot hear is written again, once: somebody of the OPD may hear it.
    (Reminders are owed afresh by their tick.)"""
    debt = claim.debt
    is_notice = debt.opd_id is not None and debt.user_id is None and debt.kind != "reminder"
    is_lost = became.fate is Fate.FAILED and became.closes_chat
    return bool(letter) and is_notice and is_lost and not debt.facts.get("elsewhere")


async def _learn(session: Session, act: Act, letter: Letter, became: Outcome) -> None:
    """What the sending tells about the chat: it can be reached, it cannot, it moved."""
    match became.error:
        case tg.ChatMigrated(new_chat_id=new):
            await chats.migrate(session, act, letter.chat_id, new)
        case None if became.lost_topic:
            await reach.lost_topic(session, act, letter.chat_id, letter.topic)
        case None:
            await reach.reached(session, act, letter.chat_id, letter.topic)
        case _ if became.fate is not Fate.FAILED:
            return
        case error if not became.closes_chat:
            log.error("A message cannot be sent", trouble=str(error))
        case error if letter.chat_id < 0:
            await reach.lost(session, act, letter.chat_id, str(error))
        case error:
            await people.trouble(session, letter.chat_id, str(error))
