"""Groups linked and unlinked at the same moment or in mid-broadcast, and a bot that is admin."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot import send
from bot.context import Context
from tests.coordinating import SAVE, second_coordinator
from tests.groups import audited, quiet
from tests.shown import when_shown
from tests.test_chats import free_group, place_of, told
from tests.town import Town

# linked and unlinked at the same moment


async def at_once(town: Town, *sayings: Callable[[], object]) -> None:
    """All of them wait together, and take effect side by side."""
    for say in sayings:
        say()
    await town.hears()


async def test_one_opd_linked_in_two_groups_at_once_is_in_one(town: Town) -> None:
    rudi, maya = town.people["coordinator"], await second_coordinator(town)
    first = await free_group(town, "Satu", maya)
    second = await free_group(town, "Dua", maya)
    await at_once(
        town,
        lambda: rudi.says("/hubungkan@tuntas_bot DINKES", to=first),
        lambda: maya.says("/hubungkan@tuntas_bot DINKES", to=second),
    )
    chat, topic = await place_of(town, "DINKES")
    entries = await audited(town, "linked")

    assert (chat, topic) in [(first.id, 0), (second.id, 0)]
    assert entries[-1].after["chat"] == chat
    assert entries[-1].before["chat"] == entries[-2].after["chat"]
    assert first.last.text.startswith("Grup ini terhubung")
    assert second.last.text.startswith("Grup ini terhubung")


async def test_two_opd_linked_in_one_group_at_once_are_not_both_there(town: Town) -> None:
    rudi, maya = town.people["coordinator"], await second_coordinator(town)
    group = await free_group(town, "Satu", maya)
    await at_once(
        town,
        lambda: rudi.says("/hubungkan@tuntas_bot DINKES", to=group),
        lambda: maya.says("/hubungkan@tuntas_bot DIKBUD", to=group),
    )

    assert await place_of(town, "DINKES") == (group.id, 0)
    assert await place_of(town, "DIKBUD") == (town.groups["DIKBUD"].id, 0)
    assert "sudah terhubung dengan Dinas Kesehatan" in group.last.text


async def test_moving_an_opd_said_again_gets_the_same_receipt_and_moves_nothing_back(
    town: Town,
) -> None:
    """Both arrive again after a crash; what was said first must not win by that."""
    rudi = town.people["coordinator"]
    first, second = await free_group(town, "Satu"), await free_group(town, "Dua")
    rudi.says("/hubungkan@tuntas_bot DINKES", to=first)
    await town.hears_but_dies()
    rudi.says("/hubungkan@tuntas_bot DINKES", to=second)
    await town.hears_but_dies()
    await town.hears()

    texts = {said.text for said in town.said_in(first)}
    assert len(texts) == 1
    assert "Grup sebelumnya, “Dinkes Kendari”, tidak lagi menerimanya." in texts.pop()
    assert await place_of(town, "DINKES") == (second.id, 0)
    assert len(await audited(town, "linked")) == 2


async def test_unlinking_that_arrives_again_gets_the_same_receipt_and_unlinks_nobody_else(
    town: Town,
) -> None:
    rudi, group = town.people["coordinator"], town.groups["DINKES"]
    group.members[rudi.id] = group.member(town.people["budi"])
    rudi.says("/lepas@tuntas_bot", to=group)
    await town.hears_but_dies()
    rudi.says("/hubungkan@tuntas_bot DIKBUD", to=group)
    await town.hears_but_dies()
    await town.hears()
    said = [said.text for said in town.said_in(group) if "tidak lagi terhubung" in said.text]

    assert len(set(said)) == 1
    assert len(said) == 3
    assert await place_of(town, "DIKBUD") == (group.id, 0)
    assert [e.subject for e in await audited(town, "unlinked")] == ["DINKES"]


async def test_an_opd_unlinked_in_mid_broadcast_hears_in_private_and_the_rest_goes_on(
    town: Town,
) -> None:
    rudi, dinkes = town.people["coordinator"], town.groups["DINKES"]
    dinkes.members[rudi.id] = dinkes.member(town.people["budi"])
    await quiet(town)
    preview = await town.says(rudi, "/tenggat semua H+14 Laporan SKM")
    await town.presses(rudi, preview, SAVE)
    stop = asyncio.Event()
    with when_shown(town, stop.set):
        await send.drain(Context(town.app), stop)
    before = len(town.said_in(dinkes))
    await town.says(rudi, "/lepas", dinkes)
    await town.sends()

    assert "Laporan SKM" in town.groups["DIKBUD"].last.text
    assert [said.text[:25] for said in town.said_in(dinkes)[before:]] == [
        "Grup ini tidak lagi terhu"
    ]
    assert "Laporan SKM" in told(town, town.people["budi"])[-1]


# the bot as admin


async def test_a_bot_made_admin_or_member_again_says_nothing(town: Town) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    sari.promotes(town.bot, group)
    await town.hears()
    sari.demotes(town.bot, group)
    await town.hears()
    await town.sends()

    assert [said for said in town.said_in(group) if not said.text.startswith("⏰")] == []
    assert await audited(town, "reachable") == []


TALK = (
    "Selamat pagi, Bapak dan Ibu", "done 3", "3", "3, 7", "sudah selesai semua", "/makan siang",
    "besok rapat jam 9", "Done", "selesai 3 ya", "https://example.org/3", "@tuntas_bot",
)  # fmt: skip


async def test_a_bot_that_is_admin_hears_all_talk_and_answers_none_of_it(town: Town) -> None:
    sari, dewi, group = town.people["sari"], town.people["dewi"], town.groups["DIKBUD"]
    sari.promotes(town.bot, group)
    await town.hears()
    for text in TALK:
        dewi.says(text, to=group)
    dewi.sends_photo(to=group, caption="Rapat pagi ini")
    dewi.sends_document(to=group, name="undangan.pdf")
    dewi.sends_album([b"1", b"2"], to=group, caption="dokumentasi 3")
    said = dewi.says("siap", to=group)
    dewi.edits(said, "siap, Bu")
    sari.adds(town.telegram.person("Ayu Lestari"), group)
    seen = len(town.bot.queue.waiting)
    await town.hears()

    assert seen >= len(TALK) + 5
    assert town.said_in(group) == []
    assert await audited(town, "submit") == []
