"""What an OPD hears of what others did to its items, with a group or without."""

from __future__ import annotations

from sqlalchemy import select

from db import chats, people
from db.act import Act
from db.models import Owed
from tests.town import Town

KICKED = "Forbidden: bot was kicked from the supergroup chat"


async def loses_its_group(town: Town, code: str = "DIKBUD") -> None:
    async with town.desk.transaction() as session:
        act = Act(town.clock.now, "stage:lost")
        await chats.trouble(session, act, town.groups[code].id, "removed")


async def secretary_leaves(town: Town) -> None:
    async with town.desk.transaction() as session:
        await people.trouble(session, town.people["sari"].id, "Forbidden: blocked")


async def returned(town: Town) -> None:
    """The coordinator returns what the secretary confirmed."""
    await town.says(town.people["dewi"], "/done 3")
    await town.says(
        town.people["coordinator"], "/kembalikan DIKBUD 3 foto ruang tunggu belum terlihat"
    )


def told(town: Town, who: str) -> list[str]:
    """The reviews that somebody heard of in private."""
    return [m.text for m in town.said_to(town.people[who]) if "Yang perlu diperbaiki" in m.text]


async def test_without_a_group_the_secretary_hears_of_a_return(town: Town) -> None:
    await loses_its_group(town)
    await returned(town)
    await town.sends()

    [notice] = told(town, "sari")
    assert "foto ruang tunggu belum terlihat" in notice
    assert not told(town, "dewi")


async def test_without_a_group_and_a_secretary_the_operators_hear_of_a_return(town: Town) -> None:
    await loses_its_group(town)
    await secretary_leaves(town)
    await returned(town)
    await town.sends()

    assert len(told(town, "dewi")) == 1


async def test_without_a_group_the_secretary_hears_of_a_verification(town: Town) -> None:
    await loses_its_group(town)
    await town.says(town.people["dewi"], "/done 3")
    await town.says(town.people["coordinator"], "/verifikasi DIKBUD 3")
    await town.sends()

    assert "Terverifikasi: 3." in town.said_to(town.people["sari"])[-1].text


async def test_a_group_lost_between_a_return_and_its_notice_leaves_it_to_the_secretary(
    town: Town,
) -> None:
    await returned(town)
    await loses_its_group(town)
    await town.sends()

    assert len(told(town, "sari")) == 1


async def test_where_nobody_can_hear_nobody_is_owed_anything(town: Town) -> None:
    await loses_its_group(town)
    await town.says(town.people["dewi"], "/done 3")
    for name in ("sari", "dewi"):
        async with town.desk.transaction() as session:
            await people.trouble(session, town.people[name].id, "Forbidden: blocked")
    await town.says(town.people["coordinator"], "/verifikasi DIKBUD 3")

    async with town.desk.view() as session:
        assert not list(await session.scalars(select(Owed).where(Owed.kind == "reviewed")))
