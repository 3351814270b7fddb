"""What is late for too long goes up: to the head of its OPD in private, then into the Sekda's
digest. Each level hears of an item once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot import keyboards, messages
from bot.context import Context, Desk
from bot.letter import Letter
from db import alarms, chats, debts, escalations, owed, people
from db.act import Act
from db.debts import Debt
from db.engine import Session
from db.owed import Claim
from db.reports import escalations as reports
from db.reports.escalations import HEAD, SEKDA, Above, Head, Late, Raised


async def tick(context: Context) -> None:
    desk = context.desk
    now = desk.now()
    if not desk.calendar.is_open(now):
        return
    async with desk.view() as session:
        late = await reports.late(session, desk.calendar, now)
        above = await reports.above(session)
        lifted = {level: await reports.standing(session, level, late) for level in (HEAD, SEKDA)}
        new = _new(desk, late, above, lifted)
        untold = _untold(lifted[HEAD]) | {one.opd_id for one in new[HEAD]}
        told = [_debt(opd, head, now.date()) for opd, head in above.heads_of(untold)]
        told = await owed.unknown_yet(session, told)
    if told or any(new.values()):
        async with desk.transaction() as session:
            await _raise(desk, session, now, new, told)


async def letter(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """To the head, as long as they are; what was finished meanwhile, or rests, is not told."""
    debt, now = claim.debt, desk.now()
    assert debt.opd_id, "an escalation is an OPD's"
    assert debt.user_id, "it is told to a person"
    if not await people.still_holds(session, debt.post_id, debt.user_id):
        return None
    opd = await chats.by_id(session, debt.opd_id)
    found = await reports.raised(session, desk.calendar, now, HEAD, opd.id)
    told = [one.late for one in found if one.told_at is None]
    if not told:
        return None

    async def on_sent(session: Session) -> None:
        await escalations.told(session, HEAD, told, now)

    text, first = messages.escalated(opd, told), [one.number for one in told[: messages.MOST_LATE]]
    return Letter(debt.user_id, text, keyboards.for_late(opd, first), on_sent=on_sent)


def _new(
    desk: Desk, late: Sequence[Late], above: Above, lifted: Mapping[str, Sequence[Raised]]
) -> dict[str, list[Late]]:
    """Late for so long, and not on that level yet."""
    head, sekda = desk.settings.escalate_head_after, desk.settings.escalate_sekda_after
    ripe = [one for one in late if one.days >= head and not one.rests]
    known = {level: {one.late.key for one in lifted[level]} for level in lifted}
    return {
        HEAD: [o for o in ripe if o.key not in known[HEAD] and o.opd_id not in above.skipped],
        SEKDA: [o for o in ripe if o.key not in known[SEKDA] and o.days >= sekda],
    }


def _untold(lifted: Sequence[Raised]) -> set[int]:
    """The OPD of which a head must hear something. What they heard today was all of that day."""
    return {one.late.opd_id for one in lifted if one.told_at is None}


async def _raise(
    desk: Desk,
    session: Session,
    now: datetime,
    new: Mapping[str, Sequence[Late]],
    told: Sequence[Debt],
) -> None:
    """Where no head can be told, the OPD's own reminder says it, and the coordinators hear."""
    for level, items in new.items():
        await escalations.lift(session, level, items, now)
    for debt in told:
        await owed.owe(session, debt, now)
    reachable = (await reports.above(session)).reachable
    headless = sorted({one.opd_id for one in new[HEAD]} - reachable.keys())
    if headless:
        when = desk.calendar.next_opening(now + alarms.GATHER)
        act = Act(now, f"no_head:{now.date()}")
        await alarms.owe(session, act, "no_head", headless, when)


def _debt(opd_id: int, head: Head, day: date) -> Debt:
    return debts.escalated(opd_id, (head.post_id, head.user_id), day)
