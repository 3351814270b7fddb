"""The Sekda and the coordinators hear, once a working day, where the city stands."""

from __future__ import annotations

from dataclasses import asdict

from bot import keyboards_city, messages
from bot.context import Context, Desk
from bot.letter import Letter
from db import debts, escalations, owed, people
from db.engine import Session
from db.models import Role
from db.owed import Claim
from db.reports import digest as reports
from db.reports.before import READERS
from db.reports.escalations import SEKDA


async def tick(context: Context) -> None:
    desk = context.desk
    now = desk.now()
    if now.time() < desk.settings.digest_at or not desk.calendar.is_open(now):
        return
    async with desk.view() as session:
        readers = await people.holders(session, READERS, None)
        wanted = [debts.digest(r.post_id, r.user_id, now.date()) for r in readers]
        new = await owed.unknown_yet(session, wanted)
    if new:
        async with desk.transaction() as session:
            for debt in new:
                await owed.owe(session, debt, now)


async def letter(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    to = claim.debt.user_id
    assert to, "a digest is a person's"
    if not await people.still_holds(session, claim.debt.post_id, to):
        return None
    digest = await reports.digest(session, desk.calendar, desk.now(), to)

    async def on_sent(session: Session) -> None:
        await owed.note(session, claim.id, numbers=asdict(digest.numbers))
        if await people.holding(session, Role.SEKDA, None, to):
            await escalations.told(session, SEKDA, digest.raised.named, digest.at)

    keyboard = keyboards_city.for_digest(digest)
    return Letter(to, messages.digest(desk, digest), keyboard, on_sent=on_sent)
