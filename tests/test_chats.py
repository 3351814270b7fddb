"""Groups and topics: linked, unlinked, offered, lost and found again."""

from __future__ import annotations

import pytest

from bot import receive
from bot.reading.titles import closest
from db import chats
from db.chats import OpdFacts
from db.models import Role
from demo.telegram import Chat, Message, Person
from tests.test_start import token_for
from tests.town import Town, wita


async def opd_of(town: Town, code: str) -> OpdFacts:
    async with town.desk.view() as session:
        opd = await chats.by_code(session, code)
        assert opd
        return opd


async def place_of(town: Town, code: str) -> tuple[int | None, int]:
    opd = await opd_of(town, code)
    return opd.chat_id, opd.topic_id


async def free_group(town: Town, title: str, *members: Person, forum: bool = False) -> Chat:
    """A group with the bot in it that is no OPD's yet."""
    rudi = town.people["coordinator"]
    group = town.telegram.group(title, creator=rudi, members=[*members, town.bot], forum=forum)
    await town.hears()
    return group


def told(town: Town, who: Person) -> list[str]:
    return [m.text for m in town.said_to(who)]


# /hubungkan and /lepas


async def test_a_coordinator_links_a_group(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    group = await free_group(town, "Dishub")
    said = await town.says(town.people["coordinator"], "/hubungkan dishub", to=group)

    assert said.text == (
        "Grup ini terhubung dengan Dinas Perhubungan. Pengingat dan pemberitahuan OPD dikirim ke "
        "sini.\n/daftar menampilkan daftar periksa."
    )
    assert said.buttons == [["📋 Daftar"]]
    assert await place_of(town, "DISHUB") == (group.id, 0)


async def test_two_topics_of_one_group_are_two_opd(town: Town) -> None:
    rudi = town.people["coordinator"]
    forum = await free_group(town, "Pemkot", forum=True)
    one, two = rudi.opens_topic(forum, "Dikbud"), rudi.opens_topic(forum, "Dinkes")
    await town.says(rudi, "/hubungkan DIKBUD", to=forum, topic=one)
    await town.says(rudi, "/hubungkan DINKES", to=forum, topic=two)

    assert await place_of(town, "DIKBUD") == (forum.id, one.id)
    assert await place_of(town, "DINKES") == (forum.id, two.id)


async def test_one_group_is_not_two_opd(town: Town) -> None:
    group = town.groups["DIKBUD"]
    group.members[town.people["coordinator"].id] = group.member(town.people["sari"])
    said = await town.says(town.people["coordinator"], "/hubungkan DINKES", to=group)

    assert said.text == (
        "Grup atau topik ini sudah terhubung dengan Dinas Pendidikan & Kebudayaan. "
        "Koordinator melepasnya dengan /lepas."
    )
    assert await place_of(town, "DINKES") == (town.groups["DINKES"].id, 0)


async def test_an_opd_moves_to_another_group(town: Town) -> None:
    group = await free_group(town, "Dinkes baru")
    said = await town.says(town.people["coordinator"], "/hubungkan DINKES", to=group)

    assert "Grup sebelumnya, “Dinkes Kendari”, tidak lagi menerimanya." in said.text
    assert await place_of(town, "DINKES") == (group.id, 0)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", "Tuliskan kode OPD. Contoh: /hubungkan DINKES."),
        ("DINKS", "“DINKS” tidak dikenal, tidak ada yang diubah. Maksudnya DINKES?"),
        ("<b>{{ 1 }}", "“<b>{{ 1 }}” tidak dikenal"),
        ("x" * 3000, "“xxx"),
    ],
)
async def test_a_code_that_is_none_gets_one_sentence(town: Town, words: str, answer: str) -> None:
    group = await free_group(town, "Baru")
    said = await town.says(town.people["coordinator"], f"/hubungkan {words}", to=group)

    assert said.text.startswith(answer)
    assert len(said.text) < 200


async def test_unlinking_ends_the_reminders_there(town: Town) -> None:
    rudi, group = town.people["coordinator"], town.groups["DINKES"]
    said = await town.says(rudi, "/lepas", to=group)
    again = await town.says(rudi, "/lepas", to=group)

    assert said.text == (
        "Grup ini tidak lagi terhubung dengan Dinas Kesehatan. "
        "Pengingat dikirim kepada sekretaris, sampai ada grup lain."
    )
    assert again.text.startswith("Grup ini belum terhubung dengan OPD.")
    assert await place_of(town, "DINKES") == (None, 0)


async def test_unlinking_in_a_topic_leaves_the_others(town: Town) -> None:
    rudi = town.people["coordinator"]
    forum = await free_group(town, "Pemkot", forum=True)
    topic = rudi.opens_topic(forum, "Dikbud")
    await town.says(rudi, "/hubungkan DINKES", to=forum)
    await town.says(rudi, "/hubungkan DIKBUD", to=forum, topic=topic)
    await town.says(rudi, "/lepas", to=forum, topic=topic)

    assert await place_of(town, "DIKBUD") == (None, 0)
    assert await place_of(town, "DINKES") == (forum.id, 0)


async def test_the_same_linking_arriving_again_says_the_same(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    group = await free_group(town, "Dishub")
    town.people["coordinator"].says("/hubungkan@tuntas_bot DISHUB", to=group)
    await receive.once(town.app, town.offset, wait=0)  # it dies before it acknowledges
    await town.hears()

    first, second = (m.text for m in town.said_in(group)[-2:])
    assert first == second


# the bot added by hand


async def offers(town: Town, group: Chat) -> Message | None:
    """What the bot says a moment after it was added."""
    await town.later(seconds=10)
    said = [m for m in town.said_in(group) if "belum terhubung" in m.text]
    return said[-1] if said else None


async def test_a_coordinator_is_offered_the_likeliest_opd_first(town: Town) -> None:
    for code, name in [("DISHUB", "Dinas Perhubungan"), ("PERIKANAN", "Dinas Perikanan")]:
        await town.opd(code, name)
    group = await free_group(town, "Perikanan Kendari")
    said = await offers(town, group)
    assert said
    buttons = said.buttons
    await town.presses(town.people["coordinator"], said, "Dinas Perikanan")

    assert buttons == [["Dinas Perikanan"], ["Dinas Perhubungan"]]
    assert said.text.startswith("Grup ini terhubung dengan Dinas Perikanan.")
    assert await place_of(town, "PERIKANAN") == (group.id, 0)


async def test_a_post_holder_is_offered_their_own_opd(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    await town.opd("DLHK", "Dinas Lingkungan Hidup")
    tono = town.people["stranger"]
    await town.appoint(tono, Role.SECRETARY, "DISHUB")
    group = town.telegram.group("Kantor", creator=tono, members=[town.bot])
    await town.hears()
    said = await offers(town, group)
    assert said
    buttons = said.buttons
    await town.presses(tono, said, "Dinas Perhubungan")

    assert buttons == [["Dinas Perhubungan"]]
    assert await place_of(town, "DISHUB") == (group.id, 0)


async def test_anyone_else_hears_who_can_link_it(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    group = town.telegram.group("Kantor", creator=town.people["stranger"], members=[town.bot])
    await town.hears()
    said = await offers(town, group)

    assert said
    assert said.buttons == []
    assert said.text == (
        "Grup ini belum terhubung dengan OPD. Koordinator menghubungkannya dengan "
        "/hubungkan KODE, sekretaris OPD dengan tombol Hubungkan grup setelah /start di "
        "percakapan pribadi."
    )


async def test_somebody_without_the_right_presses_in_vain(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    group = await free_group(town, "Dishub", town.people["budi"])
    said = await offers(town, group)
    assert said
    seen = await town.presses(town.people["budi"], said, "Dinas Perhubungan")

    assert seen.text.startswith("Hanya untuk")
    assert await place_of(town, "DISHUB") == (None, 0)


async def test_an_offer_that_was_overtaken_is_not_made(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    group = await free_group(town, "Dishub")
    await town.says(town.people["coordinator"], "/hubungkan DISHUB", to=group)

    assert await offers(town, group) is None


async def test_an_offer_follows_a_group_that_became_a_supergroup(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    group = await free_group(town, "Dishub")
    new = town.people["coordinator"].upgrades(group)
    await town.hears()

    assert await offers(town, new)
    assert not town.telegram.refused


async def test_start_in_a_free_group_offers_at_once(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    group = await free_group(town, "Dishub")
    said = await town.says(town.people["coordinator"], "/start", to=group)

    assert said.buttons == [["Dinas Perhubungan"]]


def test_what_a_title_means() -> None:
    opds = [
        OpdFacts(1, "DIKBUD", "Dinas Pendidikan dan Kebudayaan", "dinas", "", "", None, 0, "", ""),
        OpdFacts(2, "DINKES", "Dinas Kesehatan", "dinas", "", "", None, 0, "", ""),
        OpdFacts(3, "BARUGA", "Kecamatan Baruga", "kecamatan", "", "", None, 0, "", ""),
    ]
    first = {
        title: closest(title, opds)[0].code
        for title in ("Kesehatan Kota", "[Tuntas] DIKBUD", "kec. baruga", "Pendidikan Kendari")
    }

    assert first == {
        "Kesehatan Kota": "DINKES",
        "[Tuntas] DIKBUD": "DIKBUD",
        "kec. baruga": "BARUGA",
        "Pendidikan Kendari": "DIKBUD",
    }
    assert [opd.code for opd in closest("", opds)] == ["BARUGA", "DIKBUD", "DINKES"]


# out of reach, and back


async def test_a_bot_put_out_is_told_to_the_coordinators_once(town: Town) -> None:
    rudi, budi = town.people["coordinator"], town.people["budi"]
    budi.removes(town.bot, town.groups["DINKES"])
    await town.hears()
    await town.later(seconds=20)
    said = [text for text in told(town, rudi) if "tidak dapat dihubungi" in text]

    assert said == [
        "Grup berikut tidak dapat dihubungi lagi:\n"
        "• Dinas Kesehatan (grup “Dinkes Kendari”): bot dikeluarkan\n"
        "Bot dikeluarkan: tambahkan kembali ke grup itu; grup langsung terhubung lagi.\n"
        "Sampai saat itu pengingat dikirim secara pribadi kepada sekretaris atau operator."
    ]
    assert not (await opd_of(town, "DINKES")).is_reachable


async def test_a_refused_sending_tells_it_too_and_not_twice(town: Town) -> None:
    rudi, group = town.people["coordinator"], town.groups["DIKBUD"]
    town.telegram.refuses_next(403, "Forbidden: bot was kicked from the group chat")
    await town.minute()
    town.people["sari"].removes(town.bot, group)
    await town.hears()
    await town.later(minutes=1)
    said = [text for text in told(town, rudi) if "tidak dapat dihubungi" in text]

    assert len(said) == 1


async def test_a_silenced_bot_is_trouble_and_its_voice_ends_it(town: Town) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    forum = sari.upgrades(group)
    await town.hears()
    sari.restricts(town.bot, forum)
    await town.hears()
    silenced = (await opd_of(town, "DIKBUD")).chat_trouble
    sari.promotes(town.bot, forum)
    await town.hears()

    assert silenced == "silenced"
    assert (await opd_of(town, "DIKBUD")).is_reachable


async def test_a_bot_that_comes_back_is_linked_at_once(town: Town) -> None:
    budi, group = town.people["budi"], town.groups["DINKES"]
    budi.removes(town.bot, group)
    await town.hears()
    budi.adds(town.bot, group)
    await town.hears()

    assert (await opd_of(town, "DINKES")).is_reachable
    assert group.last.text.startswith("Grup ini terhubung dengan Dinas Kesehatan.")


async def test_who_blocks_the_bot_and_takes_it_back_costs_nothing(town: Town) -> None:
    budi = town.people["budi"]
    budi.blocks(town.bot)
    await town.hears()
    budi.unblocks(town.bot)
    await town.hears()
    said = await town.starts(budi)

    assert "Sekretaris Dinas Kesehatan" in said.text
    assert not town.telegram.refused


# groups that become supergroups


async def test_a_group_keeps_its_opd_when_its_id_changes(town: Town) -> None:
    sari, old = town.people["sari"], town.groups["DIKBUD"]
    new = sari.upgrades(old)
    await town.hears()
    said = await town.says(sari, "/done 3", to=new)

    assert await place_of(town, "DIKBUD") == (new.id, 0)
    assert "3. Foto loket: dicatat" in said.text


async def test_a_migration_told_again_changes_nothing(town: Town) -> None:
    new = town.people["sari"].upgrades(town.groups["DIKBUD"])
    await receive.once(town.app, town.offset, wait=0)  # it dies before it acknowledges
    await town.hears()

    assert await place_of(town, "DIKBUD") == (new.id, 0)
    assert not town.telegram.refused


async def test_a_migration_learned_by_a_sending_is_the_same(town: Town) -> None:
    new = town.people["sari"].upgrades(town.groups["DIKBUD"])
    await town.at(wita(11, 24, 10, 1))
    await town.hears()

    assert await place_of(town, "DIKBUD") == (new.id, 0)
    assert new.last.text.startswith("⏰")


async def test_the_coordinators_hear_when_a_link_moves_an_opd(town: Town) -> None:
    sari, rudi = town.people["sari"], town.people["coordinator"]
    group = town.telegram.group("Grup lain", creator=sari, members=[town.bot])
    await town.says(sari, f"/start {await token_for(town, None, 'DIKBUD')}", to=group)
    await town.sends()

    assert told(town, rudi)[-1] == (
        "Dinas Pendidikan & Kebudayaan pindah ke grup “Grup lain”. Grup sebelumnya tidak lagi "
        "menerima pengingatnya.\nBila keliru, kirim /hubungkan DIKBUD di grup yang benar."
    )
