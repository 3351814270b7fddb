"""Each OPD hears once a day, at most, of deadlines that have reached a new stage."""

from __future__ import annotations

from datetime import date

from bot import keyboards, messages
from bot.context import Context, Desk
from bot.letter import Letter
from db import chats, owed, people
from db.chats import OpdFacts
from db.engine import Session
from db.owed import Claim, Debt
from db.reports import reminders


async def tick(context: Context) -> None:
    desk = context.desk
    now = desk.now()
    if not desk.calendar.is_open(now):
        return
    async with desk.view() as session:
        due = await reminders.due(session, desk.calendar, now)
    if not due:
        return
    async with desk.transaction() as session:
        for opd_id in due:
            opd = await chats.by_id(session, opd_id)
            for debt in await _debts(session, opd, now.date()):
                await owed.owe(session, debt, now)


async def letter(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    assert claim.debt.opd_id, "a reminder is an OPD's"
    reminder = await reminders.reminder(session, desk.calendar, claim.debt.opd_id, desk.now())
    if reminder is None:
        return None
    text = messages.reminder(desk, reminder, is_repeat=claim.is_repeat)
    keyboard = keyboards.for_reminder(reminder)

    async def on_sent(session: Session) -> None:
        await reminders.hear(session, reminder.news, desk.now().date())

    if claim.debt.user_id:
        if not await people.still_holds(session, claim.debt.post_id, claim.debt.user_id):
            return None
        return Letter(claim.debt.user_id, text, keyboard, on_sent=on_sent)
    if not reminder.opd.is_reachable:
        return None
    assert reminder.opd.chat_id
    return Letter(reminder.opd.chat_id, text, keyboard, reminder.opd.topic_id, on_sent=on_sent)


async def _debts(session: Session, opd: OpdFacts, day: date) -> list[Debt]:
    """To the group; without one that can be reached, to the secretary or else the operators."""
    if await owed.reminded(session, opd.id, day):
        return []
    if opd.is_reachable:
        return [owed.reminder(opd.code, opd.id, day)]
    return [
        owed.reminder_in_private(opd.code, opd.id, day, (holder.post_id, holder.user_id))
        for holder in await people.listeners(session, opd.id)
    ]
