"""What becomes of a message is written down, with what it tells of its chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from telegram import error as tg

from bot import discreet, living, uses
from bot.context import Answer, Desk
from bot.letter import Letter, Unheard
from bot.outcome import Outcome
from db import alarms, debts, hearers, linking, owed, reach
from db.act import Act
from db.engine import Session
from db.living import Life
from db.models import Fate
from db.owed import Claim

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """The part of a message whose turn it is, and of how many."""

    letter: Letter
    parts: int


async def settle(desk: Desk, claim: Claim, page: Page | None, became: Outcome) -> None:
    async with desk.transaction() as session:
        now = desk.now()
        if isinstance(became.error, Unheard):
            fate, said = await hearers.pass_on(session, claim.debt, now)
            await owed.settle(session, claim.id, fate, now, None, said)
            return
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
            await _begin_life(desk, session, claim, page, became.message.message_id)
        if claim.part < page.parts and fate is not Fate.OWED and not became.closes_chat:
            await owed.owe(session, debts.next_part(claim.debt), now)
        act = Act(now, f"send:{claim.id}:{row.tries}")
        await _learn(session, act, page.letter, became, opening, why)


async def _begin_life(
    desk: Desk, session: Session, claim: Claim, page: Page, message_id: int
) -> None:
    """Where a day comes when its buttons have had their use."""
    letter, opd_id = page.letter, claim.debt.opd_id
    if letter.life or uses.may_end(letter.keyboard):
        said, life = Answer(letter.text, letter.keyboard), letter.life or Life(opd_id)
        await living.begin(session, desk, (letter.chat_id, message_id), said, life)


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
            await linking.migrate(session, act, letter.chat_id, new, when)
        case None if became.lost_topic:
            await reach.lost_topic(session, act, letter.chat_id, letter.topic, when)
        case None:
            await reach.reached(session, act, letter.chat_id, letter.topic)
        case _ if became.fate is Fate.FAILED and became.closes_chat:
            await reach.lost(session, act, letter.chat_id, why, when, letter.topic)
