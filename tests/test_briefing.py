"""Somebody new in a post hears at once what is open, late, returned and blocked."""

from __future__ import annotations

from sqlalchemy import select

from db.models import Item, Obstacle, Opd, Role, State
from tests import golden
from tests.questions import state
from tests.test_start import token_for
from tests.town import Town


async def opened_by(town: Town, role: Role, code: str) -> str:
    """What a newcomer is answered, with a link for that post."""
    who = town.people["stranger"]
    return (await town.starts(who, await token_for(town, role, code))).text


async def test_a_new_secretary_hears_where_the_opd_stands(town: Town) -> None:
    await town.says(town.people["sari"], "/done 3")
    await town.says(town.people["coordinator"], "/kembalikan DIKBUD 3 foto belum terlihat jelas")
    async with town.desk.transaction() as session:
        query = select(Item.id).join(Item.opd).where(Opd.code == "DIKBUD", Item.number == 2)
        session.add(Obstacle(
            number=4, item_id=(await session.scalars(query)).one(), category="sarana",
            text="peladen mati", at=town.clock.now, source="stage",
        ))  # fmt: skip
    text = await opened_by(town, Role.SECRETARY, "DIKBUD")

    golden.check("briefing", text)
    assert len(text.splitlines()) <= 22


async def test_where_all_is_confirmed_it_is_one_line(town: Town) -> None:
    await town.says(town.people["sari"], "/done 1-3")

    assert "Semua butir OPD ini sudah dikonfirmasi." in await opened_by(
        town, Role.OPERATOR, "DIKBUD"
    )


async def test_a_new_coordinator_hears_where_the_city_stands(town: Town) -> None:
    await town.says(town.people["sari"], "/done 2")

    golden.check("briefing-city", await opened_by(town, Role.COORDINATOR, ""))


async def test_who_leaves_loses_every_right_that_moment(town: Town) -> None:
    """A button of the reminder from before the handover does nothing any more."""
    await town.minute()
    sari = town.people["sari"]
    reminder = town.said_in(town.groups["DIKBUD"])[-1]
    await opened_by(town, Role.SECRETARY, "DIKBUD")
    seen = await town.presses(sari, reminder, "✅ 1")
    said = await town.says(sari, "/done 2", to=town.groups["DIKBUD"])

    assert seen.text.startswith("Hanya untuk")
    assert said.text.startswith("Hanya untuk")
    assert await state(town, "DIKBUD", 1) is State.OPEN
    assert await state(town, "DIKBUD", 2) is State.OPEN
