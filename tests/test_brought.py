"""A group's link that all in a group have read: what somebody there could do with it elsewhere."""

from __future__ import annotations

import pytest

from db import chats
from demo.telegram import Chat, Message
from tests.coordinating import refused
from tests.test_start import token_for
from tests.town import Town

CLAIM = "🔗 Hubungkan grup ini"
ELSEWHERE = (
    "Tautan ini sudah dibawa ke grup lain dan hanya berlaku di sana. "
    "Mintalah tautan baru kepada pengirimnya."
)


async def brought(town: Town, *, forum: bool = False) -> tuple[str, Chat, Message]:
    """An anonymous admin brings DISHUB's link: the token, the group, and what the bot says."""
    await town.opd("DISHUB", "Dinas Perhubungan")
    budi, tono = town.people["budi"], town.people["stranger"]
    group = await hidden(town, "Dishub", forum=forum)
    token = await token_for(town, None, "DISHUB")
    said = await town.says(budi, f"/start {token}", to=group)
    assert said.buttons == [[CLAIM]]
    assert group.member(tono).is_inside
    return token, group, said


async def hidden(town: Town, name: str, *, forum: bool = False) -> Chat:
    """A group in which Budi is an anonymous admin."""
    sari, budi, tono = (town.people[key] for key in ("sari", "budi", "stranger"))
    more = {"forum": True} if forum else {"supergroup": True}
    group = town.telegram.group(name, creator=sari, members=[budi, tono, town.bot], **more)  # type: ignore[arg-type]
    sari.promotes(budi, group, anonymous=True)
    await town.hears()
    return group


async def own_group(town: Town) -> Chat:
    """Of somebody who has read the link."""
    group = town.telegram.group("Grup Tono", creator=town.people["stranger"], members=[town.bot])
    await town.hears()
    return group


async def linked(town: Town, code: str = "DISHUB") -> tuple[int | None, int]:
    async with town.desk.view() as session:
        opd = await chats.by_code(session, code)
    assert opd
    return opd.chat_id, opd.topic_id


async def test_who_read_it_does_not_take_it_into_a_group_of_their_own(town: Town) -> None:
    token, group, said = await brought(town)
    tono, own = town.people["stranger"], await own_group(town)
    there = await town.says(tono, f"/start {token}", to=own)
    pressed = await town.forges(tono, there, f"claim:{token}")

    assert [there.text, pressed.text] == [ELSEWHERE, ELSEWHERE]
    assert await linked(town) == (None, 0)
    assert await refused(town) == [
        (tono.id, f"/start@{town.bot.username}"),
        (tono.id, "claim"),
    ]

    await town.presses(town.people["sari"], said, CLAIM)

    assert await linked(town) == (group.id, 0)


async def test_nor_does_an_anonymous_admin_of_another_group(town: Town) -> None:
    token, _, _ = await brought(town)
    other = await hidden(town, "Arisan")
    told = await town.says(town.people["budi"], f"/start {token}", to=other)

    assert told.text == ELSEWHERE
    assert await refused(town) == [(None, f"/start@{town.bot.username}")]


async def test_it_is_claimed_in_the_topic_where_it_was_brought(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    sari, budi, tono = (town.people[key] for key in ("sari", "budi", "stranger"))
    forum = await hidden(town, "Pemkot", forum=True)
    here, there = sari.opens_topic(forum, "Dishub"), sari.opens_topic(forum, "Arisan")
    token = await token_for(town, None, "DISHUB")
    said = await town.says(budi, f"/start {token}", to=forum, topic=here)
    asked = await town.says(tono, "/start", to=forum, topic=there)
    seen = await town.forges(tono, asked, f"claim:{token}")

    assert seen.text == ELSEWHERE
    assert await linked(town) == (None, 0)

    await town.presses(tono, said, CLAIM)

    assert await linked(town) == (forum.id, here.id)


async def test_brought_to_the_group_that_has_it_who_brought_it_alone_moves_it(town: Town) -> None:
    sari, tono, token = (
        town.people["sari"],
        town.people["stranger"],
        await token_for(town, None, "DIKBUD"),
    )
    await town.says(sari, f"/start {token}", to=town.groups["DIKBUD"])
    told = await town.says(tono, f"/start {token}", to=await own_group(town))

    assert told.text == ELSEWHERE
    assert await linked(town, "DIKBUD") == (town.groups["DIKBUD"].id, 0)

    free = town.telegram.group("Dikbud baru", creator=sari, members=[town.bot])
    await town.says(sari, f"/start {token}", to=free)

    assert await linked(town, "DIKBUD") == (free.id, 0)


async def test_the_first_group_counts_over_a_restart_and_a_second_arrival(town: Town) -> None:
    token, group, said = await brought(town)
    budi = town.people["budi"]
    budi.says(f"/start@{town.bot.username} {token}", to=group)
    await town.hears_but_dies()
    await town.restarts()
    await town.hears()
    await town.presses(town.people["stranger"], said, CLAIM)

    assert await linked(town) == (group.id, 0)


async def test_in_a_group_of_another_opd_it_is_refused_at_once_and_stays_good(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    sari, budi = town.people["sari"], town.people["budi"]
    group = sari.upgrades(town.groups["DIKBUD"])
    sari.promotes(budi, group, anonymous=True)
    await town.hears()
    token = await token_for(town, None, "DISHUB")
    told = await town.says(budi, f"/start {token}", to=group)
    free = await hidden(town, "Dishub")
    said = await town.says(budi, f"/start {token}", to=free)

    assert told.text.startswith("Grup atau topik ini sudah terhubung dengan Dinas Pendidikan")
    assert said.buttons == [[CLAIM]]


@pytest.mark.parametrize("late", [False, True])
async def test_a_link_that_is_no_longer_good_is_told_so(town: Town, late: bool) -> None:
    token, _, said = await brought(town)
    if late:
        await town.later(days=8)
    else:
        await town.presses(town.people["sari"], said, CLAIM)
    told = await town.says(town.people["stranger"], f"/start {token}", to=await own_group(town))

    assert told.text.startswith("Tautan ini sudah lewat" if late else "Tautan ini sudah dipakai")
