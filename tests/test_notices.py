"""What an OPD hears of what others did to its items, with a group or without."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from db import chats, hearers, linking, people, reach, tenures
from db.act import Act
from db.engine import Session
from db.models import Audit, Fate, Owed, Role
from db.reports import health
from db.reports.health import Lot
from tests.town import Town, wita

HEIR = {"arrives": [Fate.SENT], "is refused": [Fate.FAILED], "is cut off": [Fate.UNKNOWN]}
KICKED = "Forbidden: bot was kicked from the supergroup chat"


async def loses_its_group(town: Town, code: str = "DIKBUD") -> None:
    async with town.desk.transaction() as session:
        act = Act(town.clock.now, "stage:lost")
        await reach.lost(session, act, town.groups[code].id, "removed")


async def blocks(session: Session, town: Town, who: str) -> None:
    act = Act(town.clock.now, f"stage:{who}")
    await reach.lost(session, act, town.people[who].id, "Forbidden: blocked")


async def secretary_leaves(town: Town) -> None:
    async with town.desk.transaction() as session:
        await blocks(session, town, "sari")


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

    assert "Terverifikasi: butir 3, Foto loket." in town.said_to(town.people["sari"])[-1].text


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
            await blocks(session, town, name)
    await town.says(town.people["coordinator"], "/verifikasi DIKBUD 3")

    async with town.desk.view() as session:
        assert not list(await session.scalars(select(Owed).where(Owed.kind == "reviewed")))


def mentioned(town: Town) -> str:
    """What the group of DIKBUD was reminded of, all in all."""
    said = town.said_in(town.groups["DIKBUD"])
    return "\n".join(m.text for m in said if "⏰" in m.text)


async def test_what_was_just_returned_is_not_reminded_of_as_well(town: Town) -> None:
    await town.says(town.people["sari"], "/done 1, 2")
    await town.says(
        town.people["coordinator"], "/kembalikan DIKBUD 1 maklumat belum ditandatangani"
    )
    await town.minute()

    assert "Maklumat" not in mentioned(town)


async def test_a_return_of_others_silences_nothing_that_was_returned_before(town: Town) -> None:
    await returned(town)
    await town.sends()
    town.clock.now = wita(12, 23, 9, 0)
    await town.says(town.people["sari"], "/done 1")
    await town.says(
        town.people["coordinator"], "/kembalikan DIKBUD 1, 3 maklumat belum ditandatangani"
    )
    await town.minute()

    assert "Foto loket" in mentioned(town)


async def test_a_return_that_arrives_again_on_a_later_day_silences_nothing(town: Town) -> None:
    town.clock.now = wita(12, 22, 17, 0)
    await town.says(town.people["sari"], "/done 3")
    town.people["coordinator"].says("/kembalikan DIKBUD 3 foto belum terlihat", to=town.bot)
    await town.hears_but_dies()
    await town.sends()
    town.clock.now = wita(12, 23, 9, 0)
    await town.hears()
    await town.minute()

    assert "Foto loket" in mentioned(town)


async def test_a_group_found_lost_while_sending_leaves_the_notice_to_the_secretary(
    town: Town,
) -> None:
    await returned(town)
    town.telegram.refuses_next(403, KICKED)
    await town.sends()

    assert len(told(town, "sari")) == 1
    assert await fates(town) == [Fate.OBSOLETE, Fate.SENT]


async def test_a_notice_takes_another_way_once_only(town: Town) -> None:
    await returned(town)
    for _ in range(3):
        town.telegram.refuses_next(403, KICKED)
    await town.sends()

    assert not told(town, "dewi")
    assert await fates(town) == [Fate.OBSOLETE, Fate.FAILED]


async def test_a_notice_with_nobody_left_to_hear_it_is_given_up_and_counted(town: Town) -> None:
    await returned(town)
    for name in ("sari", "dewi"):
        async with town.desk.transaction() as session:
            await blocks(session, town, name)
    town.telegram.refuses_next(403, KICKED)
    await town.sends()

    assert await fates(town) == [Fate.FAILED]
    assert await given_up(town) == [Lot("reviewed", 1, ("DIKBUD",), KICKED)]


async def test_a_notice_whose_group_was_lost_meanwhile_and_nobody_is_there_is_given_up_and_counted(
    town: Town,
) -> None:
    await returned(town)
    for name in ("sari", "dewi"):
        async with town.desk.transaction() as session:
            await blocks(session, town, name)
    await loses_its_group(town)
    await town.sends()

    assert await fates(town) == [Fate.FAILED]
    assert await given_up(town) == [Lot("reviewed", 1, ("DIKBUD",), hearers.NOBODY)]


# who left their post before it went


async def leaves(town: Town, *names: str) -> None:
    async with town.desk.transaction() as session:
        for name in names:
            for held in await people.tenures_of(session, town.people[name].id):
                await tenures.end(session, Act(town.clock.now, f"stage:{name}"), held.tenure_id)


async def succeeds(town: Town, role: Role = Role.SECRETARY) -> None:
    town.people["joko"] = town.telegram.person("Joko Susilo")
    await town.appoint(town.people["joko"], role, "DIKBUD")


def heard(town: Town) -> dict[str, int]:
    """How often each person heard of the return."""
    return {name: len(told(town, name)) for name in town.people if told(town, name)}


async def test_what_a_secretary_who_left_was_to_hear_goes_to_the_successor_once(
    town: Town,
) -> None:
    await loses_its_group(town)
    await returned(town)
    await succeeds(town)
    await town.sends()
    await town.later(minutes=6)

    assert heard(town) == {"joko": 1}
    assert await fates(town) == [Fate.OBSOLETE, Fate.SENT]


async def test_without_a_successor_it_goes_to_the_operators(town: Town) -> None:
    await loses_its_group(town)
    await returned(town)
    await leaves(town, "sari")
    await town.sends()

    assert heard(town) == {"dewi": 1}


async def test_what_two_operators_who_left_were_to_hear_is_told_to_their_successor_once(
    town: Town,
) -> None:
    await loses_its_group(town)
    await town.says(town.people["dewi"], "/done 3")
    await leaves(town, "sari")
    town.people["wati"] = town.telegram.person("Wati")
    await town.appoint(town.people["wati"], Role.OPERATOR, "DIKBUD")
    await town.says(
        town.people["coordinator"], "/kembalikan DIKBUD 3 foto ruang tunggu belum terlihat"
    )
    owed_to = await fates(town)
    await leaves(town, "dewi", "wati")
    await succeeds(town)
    await town.sends()

    assert owed_to == [Fate.OWED, Fate.OWED]
    assert heard(town) == {"joko": 1}


async def test_with_nobody_else_it_goes_to_the_head(town: Town) -> None:
    await loses_its_group(town)
    await returned(town)
    await leaves(town, "sari", "dewi")
    await succeeds(town, Role.HEAD)
    await town.sends()

    assert heard(town) == {"joko": 1}


async def test_a_group_that_is_back_by_then_hears_what_the_secretary_left_behind(
    town: Town,
) -> None:
    await returned(town)
    await loses_its_group(town)
    await leaves(town, "sari", "dewi")
    async with town.desk.transaction() as session:
        act = Act(town.clock.now, "stage:found")
        await reach.found(session, act, town.groups["DIKBUD"].id)
    await town.sends()

    assert "Yang perlu diperbaiki" in town.said_in(town.groups["DIKBUD"])[-1].text


async def test_who_only_changed_their_post_in_the_opd_hears_it_still(town: Town) -> None:
    await loses_its_group(town)
    await returned(town)
    await leaves(town, "sari", "dewi")
    await town.appoint(town.people["sari"], Role.OPERATOR, "DIKBUD")
    await town.sends()

    assert heard(town) == {"sari": 1}


async def test_where_everybody_left_it_is_given_up_with_the_reason(town: Town) -> None:
    await loses_its_group(town)
    await returned(town)
    await leaves(town, "sari", "dewi")
    await town.sends()

    assert await fates(town) == [Fate.FAILED]
    assert await given_up(town) == [Lot("reviewed", 1, ("DIKBUD",), hearers.NOBODY)]


async def test_what_waits_for_a_group_that_became_another_opds_is_given_up_with_the_reason(
    town: Town,
) -> None:
    await returned(town)
    await leaves(town, "sari", "dewi")
    async with town.desk.transaction() as session:
        opd = await chats.by_code(session, "DIKBUD")
        assert opd
        await linking.unlink(session, Act(town.clock.now, "stage:displaced"), opd.id)
    await town.sends()

    assert await given_up(town) == [Lot("reviewed", 1, ("DIKBUD",), hearers.NOBODY)]


@pytest.mark.parametrize(
    ("heir", "counted"),
    [
        ("arrives", []),
        ("is refused", []),
        ("is cut off", ["Timed out", hearers.LOST]),
    ],
)
async def test_what_perhaps_arrived_and_was_passed_on_is_not_counted_once_that_is_certain(
    town: Town, heir: str, counted: list[str]
) -> None:
    await returned(town)
    town.telegram.cuts_next(httpx.ReadTimeout(""))
    await town.sends()
    await loses_its_group(town)
    await town.sends()  # the coordinators hear of the group
    for _ in range(2):
        if heir == "is refused":
            town.telegram.refuses_next(400, "Bad Request: too long", method="sendMessage")
        if heir == "is cut off":
            town.telegram.cuts_next(httpx.ReadTimeout(""))
        town.clock.now += timedelta(minutes=5)
        await town.sends()

    assert await fates(town) == [Fate.UNKNOWN, *HEIR[heir]]
    assert sorted(lot.why for lot in await unknown(town)) == sorted(counted)


async def test_what_a_coordinator_who_left_was_to_hear_says_so(town: Town) -> None:
    await town.says(town.people["sari"], "/kendala 3 anggaran belum cair")
    await leaves(town, "coordinator")
    await town.sends()

    async with town.desk.view() as session:
        query = select(Owed.fate, Owed.error).where(Owed.kind == "obstacle")
        assert list(await session.execute(query)) == [(Fate.OBSOLETE, hearers.LEFT)]


async def unknown(town: Town) -> list[Lot]:
    async with town.desk.view() as session:
        return list((await health.mail(session, town.desk.calendar, town.desk.now())).unknown)


async def given_up(town: Town) -> list[Lot]:
    async with town.desk.view() as session:
        return list((await health.mail(session, town.desk.calendar, town.desk.now())).failed)


async def fates(town: Town) -> list[Fate]:
    """What became of the reviews that were owed."""
    async with town.desk.view() as session:
        return list(await session.scalars(select(Owed.fate).where(Owed.kind == "reviewed")))


async def heard_from(town: Town, chat_id: int) -> bool:
    """As after an answer that Telegram took. Whether there was any trouble to clear."""
    async with town.desk.view() as session:
        was_troubled = await reach.is_troubled(session, chat_id)
    async with town.desk.transaction() as session:
        await reach.heard_from(session, Act(town.clock.now, "message:1:1"), chat_id)
    return was_troubled


async def trouble_of_dikbud(town: Town) -> str:
    async with town.desk.view() as session:
        opd = await chats.by_code(session, "DIKBUD")
    assert opd
    return opd.chat_trouble


async def test_a_lost_group_that_took_an_answer_can_be_reached_again(town: Town) -> None:
    await loses_its_group(town)

    assert await heard_from(town, town.groups["DIKBUD"].id)
    assert await trouble_of_dikbud(town) == ""
    async with town.desk.view() as session:
        query = select(Audit.after).where(Audit.verb == "reachable").order_by(Audit.id)
        assert [after["trouble"] for after in await session.scalars(query)] == ["removed", ""]


async def test_a_group_without_trouble_has_nothing_to_clear(town: Town) -> None:
    await loses_its_group(town)

    assert not await heard_from(town, town.groups["DINKES"].id)
    assert await trouble_of_dikbud(town) == "removed"


async def test_a_lost_topic_stays_lost_whoever_is_heard_in_its_group(town: Town) -> None:
    group = town.groups["DIKBUD"].id
    async with town.desk.transaction() as session:
        await reach.lost_topic(session, Act(town.clock.now, "stage:topic"), group, 0)

    assert not await heard_from(town, group)
    assert await trouble_of_dikbud(town) == reach.NO_TOPIC


async def test_a_person_who_took_an_answer_can_be_written_to_again(town: Town) -> None:
    await secretary_leaves(town)
    sari = town.people["sari"].id

    assert await heard_from(town, sari)
    assert not await heard_from(town, sari)


async def test_a_stranger_has_nothing_to_clear(town: Town) -> None:
    assert not await heard_from(town, town.people["stranger"].id)
