"""Drain what is owed: claim, write, send, settle. One task; nothing else sends unasked."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import timedelta

import structlog

from bot import following, messages, outcome, settling
from bot.context import Context, Desk
from bot.lanes import Lanes
from bot.letter import Unheard
from bot.letters import LETTERS
from bot.outcome import Outcome
from bot.parts import LONGEST, in_parts
from bot.settling import Page
from bot.stopping import pause
from db import owed
from db.engine import Unavailable
from db.models import Fate
from db.owed import Claim

log = structlog.get_logger(__name__)

IDLE, TROUBLED = timedelta(seconds=1), timedelta(minutes=1)
AT_ONCE = 0.05  # seconds; a chat that is not free so soon lets others go first
AGAIN = 1.0  # seconds between tries to write down what became of a message
SIGN = "sending"


async def forever(context: Context, stop: asyncio.Event) -> None:
    lanes = Lanes()
    while not stop.is_set():
        context.desk.signs[SIGN] = time.monotonic()
        try:
            silence = await drain(context, stop, lanes)
            if await following.follow(context):
                silence = timedelta(0)
        except Exception:
            log.exception("While sending")
            silence = TROUBLED
        context.desk.signs[SIGN] = time.monotonic() + silence.total_seconds()
        await pause(stop, silence.total_seconds())


async def drain(
    context: Context, stop: asyncio.Event | None = None, lanes: Lanes | None = None
) -> timedelta:
    """Send all whose turn has come. Returns for how long to be silent then."""
    desk, lanes = context.desk, lanes or Lanes()
    now = desk.now()
    async with desk.view() as session:
        if not await owed.has_work(session, now, is_open=desk.calendar.is_open(now)):
            return IDLE
    async with desk.transaction() as session:
        await owed.tidy(session, now)
    lanes.begin()
    try:
        while not (stop and stop.is_set()) and not lanes.pause:
            if not await _next(context, lanes, stop):
                break
    finally:
        await lanes.clear()
    return lanes.take_pause() or IDLE


async def _next(context: Context, lanes: Lanes, stop: asyncio.Event | None) -> bool:
    """Claim the next once there is a lane and Telegram would take it. False: none is left."""
    desk = context.desk
    desk.signs[SIGN] = time.monotonic()
    await lanes.free()
    lanes.hush(desk.pace.silence())
    if not lanes.pause:
        await desk.pace.room()
    if (stop and stop.is_set()) or lanes.pause:
        return False
    now = desk.now()
    async with desk.transaction() as session:
        claim = await owed.claim(session, now, is_open=desk.calendar.is_open(now))
    if claim is None:
        was_busy = lanes.is_busy
        await lanes.clear()  # a second part may follow what is on its way
        return was_busy
    await lanes.run(claim.debt.recipient, _pay(context, claim, stop))
    return True


async def _pay(context: Context, claim: Claim, stop: asyncio.Event | None) -> timedelta | None:
    """Written after the claim, so never stale. Returns the pause that Telegram wants of all."""
    page: Page | None = None
    try:
        page = await _write(context.desk, claim)
        if page and (wait := context.desk.pace.free_in(page.letter.chat_id)) > AT_ONCE:
            await _lay_back(context.desk, claim, timedelta(seconds=wait))
            return None
        became = await outcome.send(context, page.letter) if page else Outcome(Fate.OBSOLETE)
    except Unavailable as away:
        became = Outcome(Fate.OWED, away)
    except Unheard as nobody:
        became = Outcome(Fate.OBSOLETE, nobody)
    except Exception as bug:
        log.exception("A message cannot be written", key=claim.debt.key)
        became = Outcome(Fate.FAILED, bug)
    await _settle_for_sure(context.desk, claim, page, became, stop)
    return became.pause


async def _write(desk: Desk, claim: Claim) -> Page | None:
    """None where there is nothing left to say."""
    async with desk.view() as session:
        letter = await LETTERS[claim.debt.kind](desk, session, claim)
    parts = in_parts(letter.text) if letter else []
    if letter is None or claim.part > len(parts):
        return None
    text = parts[claim.part - 1]
    if claim.is_repeat and len(warned := messages.repeat(text)) <= LONGEST:
        text = warned
    if claim.part == len(parts):
        life = None if len(parts) > 1 else letter.life
        return Page(replace(letter, text=text, life=life), len(parts))
    return Page(replace(letter, text=text, keyboard=None, on_sent=None, life=None), len(parts))


async def _lay_back(desk: Desk, claim: Claim, wait: timedelta) -> None:
    """Its chat has had enough for now; that is no try."""
    async with desk.transaction() as session:
        await owed.lay_back(session, claim.id, desk.now() + wait)


async def _settle_for_sure(
    desk: Desk, claim: Claim, page: Page | None, became: Outcome, stop: asyncio.Event | None
) -> None:
    """What Telegram did with it is known now, and must not be lost while the database is away."""
    while True:
        try:
            return await settling.settle(desk, claim, page, became)
        except Unavailable as away:
            said, key = "The database is away: the message is settled later", claim.debt.key
            log.error(said, key=key, trouble=str(away))
            if stop is None or stop.is_set():
                return None  # the claim stays open: of unknown fate
            desk.signs[SIGN] = time.monotonic()
            await pause(stop, AGAIN)
