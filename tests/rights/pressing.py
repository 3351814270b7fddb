"""Many presses on one running bot, and what came of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select, text

from db.models import Audit, Base, Item, Opd
from demo.telegram import Message, PopUp
from tests.proof import BOOKKEEPING
from tests.rights.city import ITEMS, City
from tests.rights.table import REFUSALS

THEIRS = ("their secretary", "their head", "their operator")


@dataclass(frozen=True)
class Press:
    """`who` as in the city's cast, `place` as in its groups."""

    who: str
    place: str
    state: str
    data: str

    def __str__(self) -> str:
        return f"{self.data} by {self.who} in {self.place}, {self.state}"


Tables = dict[str, list[tuple[object, ...]]]


def under(city: City, press: Press) -> Message:
    """A message of the bot in that chat, whatever it says: a forger presses under any."""
    chat = city.groups.get(press.place) or city.people[press.who].chat(city.bot)
    return city.said_in(chat)[0]


async def pressed(city: City, presses: Collection[Press]) -> dict[Press, PopUp]:
    """All of them, one after the other; each is answered, once."""
    seen = {p: city.people[p.who].forges(under(city, p), p.data) for p in presses}
    trouble = len(city.telegram.refused)
    await city.hears()

    assert [str(p) for p, pop_up in seen.items() if not pop_up.answered] == []
    wrong = [call.description for call in city.telegram.refused[trouble:]]
    assert [said for said in wrong if "message is not modified" not in said] == []
    return seen


def sign(pop_up: PopUp) -> str:
    """How the table calls what it says."""
    return next((s for said, s in REFUSALS.items() if pop_up.text.startswith(said)), "+")


async def tables(city: City) -> Tables:
    """Every row of every table that is not about what was said."""
    spoken = {"audit", "given", "living", "owed"}
    async with city.desk.view() as session:
        return {
            table.name: [
                tuple(row) for row in await session.execute(text(f"SELECT * FROM {table.name}"))
            ]
            for table in Base.metadata.sorted_tables
            if table.name not in spoken
        }


def state_of(found: Tables) -> Tables:
    """Without what follows from elsewhere, or is only half said."""
    return {name: rows for name, rows in found.items() if name not in BOOKKEEPING}


async def log(city: City, after: int = 0) -> list[Audit]:
    async with city.desk.view() as session:
        query = select(Audit).where(Audit.id > after).order_by(Audit.id)
        return list(await session.scalars(query))


async def item_states(city: City) -> dict[str, str]:
    """Of those that DIKBUD's table of states names."""
    async with city.desk.view() as session:
        query = select(Item.number, Item.state).join(Opd).where(Opd.code == "DIKBUD")
        found = dict((await session.execute(query)).all())
        return {name: found[number].value for name, number in ITEMS.items()}
