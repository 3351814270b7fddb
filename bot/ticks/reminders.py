"""Each OPD hears once a day, at most, of deadlines that have reached a new stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot import keyboards, messages
from bot.context import Context, Desk
from bot.letter import Letter, to_group
from db import debts, escalations, heard, owed, people
from db.debts import Debt
from db.engine import Session
from db.owed import Claim
from db.people import Holder
from db.reports import reminders
from db.reports.escalations import HEAD
from db.reports.reminders import DueOpd

AT_ONCE = 200  # OPD in one transaction: people who confirm meanwhile wait for no more


async def tick(context: Context) -> None:
    desk = context.desk
    now = desk.now()
    if not desk.calendar.is_open(now):
        return
    async with desk.view() as session:
        due = await reminders.due(session, desk.calendar, now)
        deaf = [opd.id for opd in due if not opd.is_reachable]
        listeners = await people.listeners_of(session, deaf)
    wanted = [debt for opd in due for debt in _debts(opd, listeners[opd.id], now.date())]
    for some in _chunks(wanted):
        async with desk.transaction() as session:
            await owed.owe_afresh(session, some, now)


async def letter(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """To the group; to one person only while they still hold the post that made it theirs."""
    debt, now = claim.debt, desk.now()
    assert debt.opd_id, "a reminder is an OPD's"
    to = await _person(session, debt)
    told = await reminders.told_today(session, debt.opd_id, now.date()) if to else ()
    reminder = await reminders.reminder(session, desk.calendar, debt.opd_id, now, told)
    if reminder is None or not (to or (reminder.opd.is_reachable and not debt.user_id)):
        return None

    async def on_sent(session: Session) -> None:
        await heard.note(session, reminder.news, now.date())
        await escalations.told(session, HEAD, reminder.raised, now)
        if to:  # its colleagues must hear the same
            await owed.note(session, claim.id, told=[n.told for n in reminder.news])

    text, keyboard = messages.reminder(desk, reminder, to), keyboards.for_reminder(reminder)
    if to:
        made = Letter(to.user_id, text, keyboard, on_sent=on_sent)
    else:
        made = to_group(reminder.opd, text, keyboard, on_sent)
    return replace(made, is_silent=not reminder.is_urgent)


async def _person(session: Session, debt: Debt) -> Holder | None:
    """Who is to hear in private, as long as they hold the post that made it theirs."""
    held = await people.tenures_of(session, debt.user_id) if debt.user_id else ()
    return next((one for one in held if one.post_id == debt.post_id), None)


def _debts(opd: DueOpd, listeners: Sequence[Holder], day: date) -> list[Debt]:
    """To the group; without one that can be reached, to the secretary or else the operators."""
    if opd.is_reachable:
        return [debts.reminder(opd.code, opd.id, day)]
    return [
        debts.reminder_in_private(opd.code, opd.id, day, (holder.post_id, holder.user_id))
        for holder in listeners
    ]


def _chunks(wanted: Sequence[Debt]) -> list[Sequence[Debt]]:
    return [wanted[n : n + AT_ONCE] for n in range(0, len(wanted), AT_ONCE)]
