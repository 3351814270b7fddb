"""What is late for too long goes up, once to each level; and rests while something is in its way.

DIKBUD's first item was due on Friday 20 November 2026; the stage is Tuesday the 24th.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from db.models import Escalation, Item, Obstacle, Opd, Role, State
from demo.telegram import Message, Person
from tests import golden
from tests.questions import state
from tests.town import Town, wita


@pytest.fixture
async def headed(town: Town) -> Town:
    """DIKBUD has a head."""
    town.people["head"] = head = town.telegram.person("Ningsih Rahayu")
    head.starts(town.bot)
    await town.appoint(head, Role.HEAD, "DIKBUD")
    return town


def raised_to(town: Town, who: Person) -> list[Message]:
    return [m for m in town.said_to(who) if m.text.startswith("⏫")]


async def levels(town: Town) -> list[tuple[int, str, bool]]:
    async with town.desk.view() as session:
        query = select(Item.number, Escalation.level, Escalation.told_at)
        query = query.join(Item, Item.id == Escalation.item_id).order_by(Escalation.at)
        return [(n, level, told is not None) for n, level, told in await session.execute(query)]


async def digest(town: Town) -> str:
    return (await town.says(town.people["sekda"], "/ringkasan")).text


async def test_the_head_hears_in_private_after_three_working_days(headed: Town) -> None:
    town = headed
    await town.at(wita(11, 24, 16, 0))
    assert not raised_to(town, town.people["head"])
    await town.at(wita(11, 25, 8, 0))

    [told] = raised_to(town, town.people["head"])
    golden.check("escalated", told.text)
    assert await levels(town) == [(1, "head", True)]
    assert told.buttons == [["✅ 1"], ["📋 Daftar", "⚠️ Kendala"]]


async def test_the_head_confirms_by_a_press_under_it(headed: Town) -> None:
    town = headed
    await town.at(wita(11, 25, 8, 0))
    [told] = raised_to(town, town.people["head"])
    await town.presses(town.people["head"], told, "✅ 1")

    assert await state(town, "DIKBUD", 1) is State.SUBMITTED


async def test_each_item_is_told_to_the_head_once(headed: Town) -> None:
    town = headed
    for day in (25, 26):
        await town.at(wita(11, day, 8, 0))
        await town.later(minutes=1)
    await town.restarts()
    await town.at(wita(11, 27, 8, 0))

    first, second = raised_to(town, town.people["head"])
    assert "1. Maklumat" in first.text
    assert "2. Survei" in second.text
    assert "1. Maklumat" not in second.text


async def test_the_sekda_sees_it_by_name_once_and_then_in_a_count(headed: Town) -> None:
    town = headed
    await town.at(wita(11, 26, 16, 0))
    assert "ke Sekda" not in await digest(town)
    await town.at(wita(11, 27, 8, 0))
    await town.at(wita(11, 27, 16, 0))
    [first] = [m.text for m in town.said_to(town.people["sekda"]) if "naik ke Sekda" in m.text]
    await town.at(wita(11, 30, 8, 0))
    again = await digest(town)

    assert "Baru naik ke Sekda: DIKBUD butir 1\n" in first
    assert "Naik ke Sekda: 1 butir, tidak ada yang baru" in again


async def test_what_the_sekda_gets_is_what_the_summary_says_at_that_moment(headed: Town) -> None:
    town = headed
    await town.at(wita(11, 27, 8, 0))
    await town.at(wita(11, 27, 16, 0))
    sent = town.said_to(town.people["sekda"])[-1].text

    assert "Baru naik ke Sekda: DIKBUD butir 1" in sent
    assert await digest(town) == sent


async def test_what_is_confirmed_in_time_goes_nowhere(headed: Town) -> None:
    town = headed
    await town.says(town.people["sari"], "/done 1, 2")
    await town.at(wita(11, 27, 8, 0))

    assert await levels(town) == []


async def test_what_is_confirmed_before_the_message_leaves_is_not_told(headed: Town) -> None:
    town = headed
    town.clock.now = wita(11, 25, 8, 0)
    await town.ticks()
    await town.says(town.people["sari"], "/done 1")
    await town.sends()

    assert not raised_to(town, town.people["head"])


async def test_an_open_obstacle_pauses_it_and_its_days_do_not_count(headed: Town) -> None:
    town = headed
    await obstacle(town, 1)
    await town.at(wita(11, 27, 8, 0))
    assert 1 not in {number for number, _, _ in await levels(town)}
    await closed(town)
    await town.later(minutes=1)
    assert 1 not in {number for number, _, _ in await levels(town)}
    await town.at(wita(11, 30, 8, 0))

    assert [one for one in await levels(town) if one[0] == 1] == [(1, "head", True)]


async def obstacle(town: Town, number: int) -> None:
    async with town.desk.transaction() as session:
        query = select(Item.id).join(Item.opd).where(Opd.code == "DIKBUD", Item.number == number)
        item = (await session.scalars(query)).one()
        session.add(Obstacle(
            number=1, item_id=item, category="sarana", text="peladen mati", at=town.clock.now,
            source="stage",
        ))  # fmt: skip


async def closed(town: Town) -> None:
    async with town.desk.transaction() as session:
        await session.execute(update(Obstacle).values(closed_at=town.clock.now))


async def test_a_return_starts_again_from_the_bottom(headed: Town) -> None:
    town, rudi = headed, headed.people["coordinator"]
    await town.at(wita(11, 25, 8, 0))
    await town.says(town.people["sari"], "/done 1")
    await town.at(wita(12, 2, 9, 0))
    await town.says(rudi, "/kembalikan DIKBUD 1 maklumat belum ditandatangani")
    await town.at(wita(12, 4, 8, 0))
    assert len(raised_to(town, town.people["head"])) == 2  # with item 2, of 24 November
    await town.at(wita(12, 7, 8, 0))

    last = raised_to(town, town.people["head"])[-1]
    assert "1. Maklumat pelayanan (3 hari kerja)" in last.text


async def test_another_deadline_starts_afresh(headed: Town) -> None:
    town = headed
    await town.at(wita(11, 25, 8, 0))
    preview = await town.says(town.people["coordinator"], "/ubah DIKBUD 1 1/12/2026")
    await town.presses(town.people["coordinator"], preview, "✅ Simpan")
    await town.at(wita(12, 3, 8, 0))
    before = len(raised_to(town, town.people["head"]))
    await town.at(wita(12, 4, 8, 0))

    assert "1. Maklumat" in raised_to(town, town.people["head"])[before].text


async def test_without_a_head_the_group_hears_in_its_reminder_and_the_coordinators_hear_of_it(
    town: Town,
) -> None:
    await town.at(wita(11, 25, 8, 0))
    await town.later(minutes=1)

    reminder = [m for m in town.said_in(town.groups["DIKBUD"]) if m.text.startswith("⏰")][-1]
    golden.check("reminder-headless", reminder.text)
    [alarm] = [m for m in town.said_to(town.people["coordinator"]) if "belum ada kepala" in m.text]
    golden.check("no-head", alarm.text)
    assert await levels(town) == [(1, "head", True)]


async def test_a_head_who_is_the_sekda_hears_once_as_sekda(town: Town) -> None:
    await town.appoint(town.people["sekda"], Role.HEAD, "DIKBUD")
    await town.at(wita(11, 25, 8, 0))
    await town.at(wita(11, 27, 8, 0))

    assert not raised_to(town, town.people["sekda"])
    assert [(n, level) for n, level, _ in await levels(town)] == [(1, "sekda")]


async def test_a_head_who_came_later_hears_of_what_waits(town: Town) -> None:
    await town.at(wita(11, 26, 9, 0))
    head = town.telegram.person("Ningsih Rahayu")
    head.starts(town.bot)
    await town.appoint(head, Role.HEAD, "DIKBUD")
    await town.at(wita(11, 27, 9, 0))

    [told] = raised_to(town, head)
    assert "2. Survei" in told.text


async def test_a_head_who_left_before_it_was_sent_hears_nothing(headed: Town) -> None:
    town = headed
    town.clock.now = wita(11, 25, 8, 0)
    await town.ticks()
    other = town.telegram.person("Joko Susilo")
    other.starts(town.bot)
    await town.appoint(other, Role.HEAD, "DIKBUD")
    await town.minute()

    assert not raised_to(town, town.people["head"])
    assert len(raised_to(town, other)) == 1


async def test_nothing_leaves_at_night_or_on_a_free_day(headed: Town) -> None:
    town = headed
    await town.at(wita(11, 25, 18, 0))
    await town.at(wita(11, 28, 10, 0))

    assert not raised_to(town, town.people["head"])


async def test_the_card_shows_each_level(headed: Town) -> None:
    town = headed
    await town.at(wita(11, 25, 8, 0))
    await town.at(wita(11, 27, 8, 0))
    card = await town.says(town.people["sari"], "/daftar 1")

    assert "Naik ke kepala 25 Nov, ke Sekda 27 Nov" in card.text
