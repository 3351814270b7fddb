"""Drain what is owed: claim, write, send, settle. One task; nothing else sends unasked."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from telegram import error as tg

from bot import discreet, messages, outcome
from bot.context import Context, Desk
from bot.lanes import Lanes
from bot.letters import LETTERS, Letter
from bot.outcome import Outcome
from bot.parts import LONGEST, in_parts
from bot.stopping import pause
from db import alarms, chats, debts, owed, reach
from db.act import Act
from db.engine import Session, Unavailable
from db.models import Fate
from db.owed import Claim

log = structlog.get_logger(__name__)

IDLE, TROUBLED = timedelta(seconds=1), timedelta(minutes=1)
AT_ONCE = 0.05  # seconds; a chat that is not free so soon lets others go first
AGAIN = 1.0  # seconds between tries to write down what became of a message
SIGN = "sending"


@dataclass(frozen=True, slots=True)
class Page:
    """The part of a message whose turn it is, and of how many."""

    letter: Letter
    parts: int


async def forever(context: Context, stop: asyncio.Event) -> None:
    lanes = Lanes()
    while not stop.is_set():
        context.desk.signs[SIGN] = time.monotonic()
        try:
            silence = await drain(context, stop, lanes)
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
        return Page(replace(letter, text=text), len(parts))
    return Page(replace(letter, text=text, keyboard=None, on_sent=None), len(parts))


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
            return await _settle(desk, claim, page, became)
        except Unavailable:
            log.exception("The database is away: the message is settled later", key=claim.debt.key)
            if stop is None or stop.is_set():
                return None  # the claim stays open: of unknown fate
            desk.signs[SIGN] = time.monotonic()
            await pause(stop, AGAIN)


async def _settle(desk: Desk, claim: Claim, page: Page | None, became: Outcome) -> None:
    async with desk.transaction() as session:
        now = desk.now()
        elsewhere = _may_go_elsewhere(claim, page, became)
        fate = Fate.OWED if elsewhere else became.fate
        wait = timedelta(0) if elsewhere else became.wait
        why = discreet.hider(desk.settings)(str(became.error or ""))
        row = await owed.settle(session, claim.id, fate, now, wait, why)
        opening = desk.calendar.next_opening(now + alarms.GATHER)
        if elsewhere:
            await owed.note(session, claim.id, elsewhere=True)
        if fate is Fate.FAILED and not became.closes_chat:
            await _confess(session, claim, now, opening)
        if page is None:
            return
        row.chat_id = page.letter.chat_id
        if became.message:
            row.message_id, row.sent_at = became.message.message_id, now
            if page.letter.on_sent:
                await page.letter.on_sent(session)
        if claim.part < page.parts and fate is not Fate.OWED and not became.closes_chat:
            await owed.owe(session, debts.next_part(claim.debt), now)
        act = Act(now, f"send:{claim.id}:{row.tries}")
        await _learn(session, act, page.letter, became, opening, why)


async def _confess(session: Session, claim: Claim, now: datetime, opening: datetime) -> None:
    """The words are at fault, and will be the next time: nothing is tried again, and the
    coordinators hear of it, once a day."""
    log.error("A message cannot be sent as it is", key=claim.debt.key)
    await owed.give_up(session, claim.id)
    act = Act(now, f"undeliverable:{now.date()}")
    await alarms.owe(session, act, "undeliverable", [claim.id], opening)


def _may_go_elsewhere(claim: Claim, page: Page | None, became: Outcome) -> bool:
    """What an OPD's group cannot hear is written again, once: somebody of the OPD may hear it.
    (Reminders are owed afresh by their tick.)"""
    debt = claim.debt
    is_notice = debt.opd_id is not None and debt.user_id is None and debt.kind != "reminder"
    is_lost = became.fate is Fate.FAILED and became.closes_chat
    return bool(page) and is_notice and is_lost and not debt.facts.get("elsewhere")


async def _learn(
    session: Session, act: Act, letter: Letter, became: Outcome, when: datetime, why: str
) -> None:
    """What the sending tells about the chat: it can be reached, it cannot (`why`), it moved. What
    the coordinators hear of it leaves at `when`."""
    match became.error:
        case tg.ChatMigrated(new_chat_id=new):
            await chats.migrate(session, act, letter.chat_id, new, when)
        case None if became.lost_topic:
            await reach.lost_topic(session, act, letter.chat_id, letter.topic, when)
        case None:
            await reach.reached(session, act, letter.chat_id, letter.topic)
        case _ if became.fate is Fate.FAILED and became.closes_chat:
            await reach.lost(session, act, letter.chat_id, why, when, letter.topic)
