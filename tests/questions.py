"""What tests ask the database."""

from __future__ import annotations

from sqlalchemy import func, select

from db.models import Event, Item, Opd, State
from db.reports.pauses import pauses
from tests.town import Town


async def state(town: Town, code: str, number: int) -> State:
    async with town.desk.view() as session:
        query = select(Item.state).join(Item.opd).where(Opd.code == code, Item.number == number)
        return (await session.scalars(query)).one()


async def count(town: Town, verb: str) -> int:
    """How often something happened to an item."""
    async with town.desk.view() as session:
        return await session.scalar(select(func.count()).where(Event.verb == verb)) or 0


async def resting(town: Town) -> set[tuple[str, int]]:
    """The items whose escalation rests, by OPD and number."""
    async with town.desk.view() as session:
        found = await pauses(session, town.clock.now)
        lasting = [of for of, them in found.items() if any(p.ended_at is None for p in them)]
        query = select(Opd.code, Item.number).join(Item.opd).where(Item.id.in_(lasting))
        return {(code, number) for code, number in await session.execute(query)}
