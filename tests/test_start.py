"""A link gives a post or links a group; a greeting says what comes next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import receive
from db import audit, chats, invitations, people
from db.act import Act
from db.models import Acting, Role
from demo.telegram import Message
from tests import golden
from tests.town import Town


async def token_for(town: Town, role: Role | None, code: str = "", acting: str = "") -> str:
    """The token of a fresh link, as the command line makes it."""
    async with town.desk.transaction() as session:
        opd = await chats.by_code(session, code) if code else None
        act = Act(town.clock.now, "command line")
        return await invitations.make(session, act, role, opd.id if opd else None, Acting(acting))


async def holders(town: Town, role: Role, code: str = "") -> list[str]:
    async with town.desk.view() as session:
        opd = await chats.by_code(session, code) if code else None
        return [h.name for h in await people.holders(session, [role], opd.id if opd else None)]


async def group_of(town: Town, code: str) -> tuple[int | None, int]:
    async with town.desk.view() as session:
        opd = await chats.by_code(session, code)
        assert opd
        return opd.chat_id, opd.topic_id


def url_of(message: Message, label: str) -> str:
    return str(message.button(label)["url"])


# a link for a post


async def test_the_first_coordinator_comes_by_a_link_from_the_command_line(bare_town: Town) -> None:
    rudi = bare_town.telegram.person("Rudi Hartono")
    said = await bare_town.starts(rudi, await token_for(bare_town, Role.COORDINATOR))

    assert said.text.startswith(
        "Terima kasih. Anda kini terdaftar atas nama Rudi Hartono sebagai Koordinator.\n\n/"
    )
    assert await holders(bare_town, Role.COORDINATOR) == ["Rudi Hartono"]


@pytest.mark.parametrize("role", [Role.SEKDA, Role.AUDITOR])
async def test_the_other_posts_of_the_city_come_by_link_too(town: Town, role: Role) -> None:
    stranger = town.people["stranger"]
    await town.starts(stranger, await token_for(town, role))

    assert "Tono Sugiarto" in await holders(town, role)


async def test_a_new_secretary_hears_who_they_are_and_what_comes_next(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    stranger = town.people["stranger"]
    said = await town.starts(stranger, await token_for(town, Role.SECRETARY, "DISHUB", "plt"))

    assert "sebagai Plt. Sekretaris Dinas Perhubungan." in said.text
    assert said.buttons == [["➕ Hubungkan grup"], ["👥 Undang operator"]]
    assert url_of(said, "➕ Hubungkan grup").startswith("https://t.me/tuntas_bot?startgroup=")


async def test_a_single_post_passes_to_the_new_holder_and_everybody_hears(town: Town) -> None:
    sari, stranger = town.people["sari"], town.people["stranger"]
    said = await town.starts(stranger, await token_for(town, Role.SECRETARY, "DIKBUD"))
    await town.sends()

    assert "Sari Wulandari, yang Anda gantikan, akan diberi tahu." in said.text
    assert await holders(town, Role.SECRETARY, "DIKBUD") == ["Tono Sugiarto"]
    assert town.said_to(sari)[-1].text == (
        "Tugas Anda sebagai Sekretaris Dinas Pendidikan & Kebudayaan dilanjutkan oleh Tono "
        "Sugiarto sejak 24 November 2026 pukul 10.00.\n"
        "Yang sudah Anda catat tetap atas nama Anda. Terima kasih."
    )
    assert town.said_in(town.groups["DIKBUD"])[-1].text == (
        "Menggantikan Sari Wulandari, Tono Sugiarto kini bertugas sebagai Sekretaris."
    )
    told = town.said_to(town.people["coordinator"])[-1]
    assert told.text.startswith(
        "Menggantikan Sari Wulandari, Tono Sugiarto kini Sekretaris Dinas Pendidikan & Kebudayaan."
    )
    assert told.buttons == [["Bukan orangnya"]]


async def test_who_was_relieved_may_no_longer_confirm(town: Town) -> None:
    sari = town.people["sari"]
    await town.starts(town.people["stranger"], await token_for(town, Role.SECRETARY, "DIKBUD"))
    said = await town.says(sari, "/done 3", to=town.groups["DIKBUD"])

    assert said.text.startswith("Hanya untuk")


async def test_operators_are_several(town: Town) -> None:
    await town.starts(town.people["stranger"], await token_for(town, Role.OPERATOR, "DIKBUD"))

    assert await holders(town, Role.OPERATOR, "DIKBUD") == ["Dewi Anggraini", "Tono Sugiarto"]


async def test_an_acting_official_becomes_the_real_one_by_a_new_link(town: Town) -> None:
    stranger, budi = town.people["stranger"], town.people["budi"]
    await town.starts(stranger, await token_for(town, Role.HEAD, "DINKES", "plt"))
    said = await town.starts(stranger, await token_for(town, Role.HEAD, "DINKES"))
    await town.sends()

    assert "sebagai Kepala Dinas Kesehatan." in said.text
    assert "gantikan" not in said.text
    assert await holders(town, Role.HEAD, "DINKES") == ["Tono Sugiarto"]
    assert "Kepala" not in town.said_to(budi)[-1].text


async def test_a_link_is_good_once(town: Town) -> None:
    token = await token_for(town, Role.SECRETARY, "DIKBUD")
    await town.starts(town.people["stranger"], token)
    said = await town.starts(town.people["budi"], token)

    assert said.text == (
        "Tautan ini sudah dipakai, dan hanya berlaku satu kali. "
        "Mintalah tautan baru kepada pengirimnya."
    )
    assert await holders(town, Role.SECRETARY, "DIKBUD") == ["Tono Sugiarto"]


async def test_two_people_press_start_on_the_same_link_at_once(town: Town) -> None:
    token = await token_for(town, Role.HEAD, "DIKBUD")
    stranger, budi = town.people["stranger"], town.people["budi"]
    stranger.starts(town.bot, token)
    budi.starts(town.bot, token)
    await town.hears()
    answers = [town.last(stranger).text, town.last(budi).text]

    assert sum(text.startswith("Terima kasih") for text in answers) == 1
    assert sum(text.startswith("Tautan ini sudah dipakai") for text in answers) == 1
    assert len(await holders(town, Role.HEAD, "DIKBUD")) == 1


async def test_seven_days_are_counted_by_the_date_of_the_message(town: Town) -> None:
    """It was said in time, and only heard after the bot had been away."""
    early = await token_for(town, Role.HEAD, "DIKBUD")
    late = await token_for(town, Role.HEAD, "DINKES")
    town.clock.now += timedelta(days=7)
    town.people["stranger"].starts(town.bot, early)
    town.clock.now += timedelta(hours=2)
    await town.hears()
    said = await town.starts(town.people["budi"], late)

    assert await holders(town, Role.HEAD, "DIKBUD") == ["Tono Sugiarto"]
    assert said.text.startswith("Tautan ini sudah lewat tujuh hari.")
    assert await holders(town, Role.HEAD, "DINKES") == []


@pytest.mark.parametrize("token", ["tidakada", "x" * 64, "<b>", "a b c", "'; DROP TABLE opd"])
async def test_an_unknown_token_is_answered_in_one_sentence(town: Town, token: str) -> None:
    said = await town.says(town.people["stranger"], f"/start {token}")

    assert said.text.startswith("Tautan ini tidak dikenal.")


async def test_who_holds_the_post_keeps_it_and_the_link_stays_good(town: Town) -> None:
    token = await token_for(town, Role.SECRETARY, "DIKBUD")
    said = await town.starts(town.people["sari"], token)
    await town.starts(town.people["stranger"], token)

    assert said.text.startswith(
        "Anda sudah terdaftar sebagai Sekretaris Dinas Pendidikan & Kebudayaan. "
        "Tautan ini tidak terpakai dan masih berlaku."
    )
    assert await holders(town, Role.SECRETARY, "DIKBUD") == ["Tono Sugiarto"]


async def test_a_second_press_on_ones_own_link_hears_that_the_post_is_held(town: Town) -> None:
    token = await token_for(town, Role.SECRETARY, "DIKBUD")
    await town.starts(town.people["stranger"], token)
    said = await town.starts(town.people["stranger"], token)

    assert said.text.startswith("Anda sudah terdaftar sebagai Sekretaris")
    assert "masih berlaku" not in said.text


async def test_a_posts_link_said_in_a_group_is_refused_and_stays_good(town: Town) -> None:
    token = await token_for(town, Role.SECRETARY, "DIKBUD")
    stranger, group = town.people["stranger"], town.groups["DIKBUD"]
    said = await town.says(stranger, f"/start {token}", to=group)
    before = await holders(town, Role.SECRETARY, "DIKBUD")
    await town.starts(stranger, token)

    assert said.text == (
        "Tautan ini memberi jabatan kepada satu orang, sehingga tidak dapat dipakai di grup. "
        "Bukalah di percakapan pribadi dengan bot; tautan masih berlaku."
    )
    assert before == ["Sari Wulandari"]
    assert await holders(town, Role.SECRETARY, "DIKBUD") == ["Tono Sugiarto"]


async def test_the_same_start_arriving_again_gets_the_same_answer_once_told(town: Town) -> None:
    stranger = town.people["stranger"]
    token = await token_for(town, Role.SECRETARY, "DIKBUD")
    stranger.starts(town.bot, token)
    await receive.once(town.app, town.offset, wait=0)  # it dies before it acknowledges
    first = town.last(stranger).text
    await town.hears()
    await town.sends()
    told = [m for m in town.said_in(town.groups["DIKBUD"]) if "Tono" in m.text]

    assert "atas nama Tono Sugiarto" in first
    assert "Sari Wulandari, yang Anda gantikan" in first
    assert town.last(stranger).text == first
    assert len(told) == 1


async def test_only_the_hash_of_a_token_is_kept_and_each_is_in_the_audit_log(town: Town) -> None:
    token = await token_for(town, Role.SECRETARY, "DIKBUD")
    file = town.desk.settings.database_url.removeprefix("sqlite+aiosqlite:///")
    await town.starts(town.people["stranger"], token)
    await town.desk.database.close()
    with open(file, "rb") as content:  # noqa: ASYNC230
        kept = content.read()
    async with town.desk.view() as session:
        broken = await audit.first_broken(session)

    assert token.encode() not in kept
    assert b"invited" in kept
    assert b"redeemed" in kept
    assert broken is None


# "Bukan orangnya"


async def test_the_wrong_person_is_put_out_again(town: Town) -> None:
    stranger, rudi = town.people["stranger"], town.people["coordinator"]
    await town.starts(stranger, await token_for(town, Role.SECRETARY, "DIKBUD"))
    await town.sends()
    told = town.said_to(rudi)[-1]
    await town.presses(rudi, told, "Bukan orangnya")
    await town.sends()

    assert told.text == (
        "Tugas Tono Sugiarto sebagai Sekretaris Dinas Pendidikan & Kebudayaan berakhir "
        "24 November 2026 pukul 10.00."
    )
    assert told.buttons == []
    assert await holders(town, Role.SECRETARY, "DIKBUD") == []
    assert town.said_to(stranger)[-1].text.startswith("Tugas Anda sebagai Sekretaris")
    assert town.said_in(town.groups["DIKBUD"])[-1].text == (
        "Tono Sugiarto tidak lagi bertugas sebagai Sekretaris."
    )


async def test_a_second_coordinator_presses_and_nothing_happens_twice(town: Town) -> None:
    second = town.telegram.person("Lina Marlina")
    await town.appoint(second, Role.COORDINATOR)
    await town.starts(town.people["stranger"], await token_for(town, Role.SECRETARY, "DIKBUD"))
    await town.sends()
    first_told = town.said_to(town.people["coordinator"])[-1]
    second_told = next(m for m in town.said_to(second) if m.buttons)
    await town.presses(town.people["coordinator"], first_told, "Bukan orangnya")
    await town.presses(second, second_told, "Bukan orangnya")
    await town.sends()
    group = [m.text for m in town.said_in(town.groups["DIKBUD"]) if "tidak lagi" in m.text]

    assert second_told.text == first_told.text
    assert len(group) == 1


async def test_only_a_coordinator_may_say_that_it_is_not_them(town: Town) -> None:
    stranger, rudi = town.people["stranger"], town.people["coordinator"]
    await town.starts(stranger, await token_for(town, Role.SECRETARY, "DIKBUD"))
    await town.sends()
    data = town.said_to(rudi)[-1].button("Bukan orangnya")["callback_data"]
    seen = await town.forges(stranger, town.last(stranger), data)

    assert seen.text == "Hanya untuk koordinator (Bagian Organisasi)."
    assert await holders(town, Role.SECRETARY, "DIKBUD") == ["Tono Sugiarto"]


# a link for a group


async def test_the_secretarys_link_is_enough_to_set_up_an_opd(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    stranger = town.people["stranger"]
    said = await town.starts(stranger, await token_for(town, Role.SECRETARY, "DISHUB"))
    group = town.telegram.group("Dishub Kendari", creator=stranger)
    stranger.follows(url_of(said, "➕ Hubungkan grup"), into=group)
    await town.hears()
    await town.later(minutes=1)

    assert await group_of(town, "DISHUB") == (group.id, 0)
    assert [m.text for m in town.said_in(group)][:1] == [
        "Grup ini terhubung dengan Dinas Perhubungan. Pengingat dan pemberitahuan OPD dikirim ke "
        "sini.\n/daftar menampilkan daftar periksa."
    ]
    assert not any("belum terhubung" in m.text for m in town.said_in(group))


async def test_a_groups_link_in_a_topic_links_that_topic(town: Town) -> None:
    sari = town.people["sari"]
    forum = town.telegram.group("Pemkot", creator=sari, members=[town.bot], forum=True)
    topic = sari.opens_topic(forum, "Dikbud")
    token = await token_for(town, None, "DIKBUD")
    sari.says(f"/start@tuntas_bot {token}", to=forum, topic=topic)
    await town.hears()

    assert await group_of(town, "DIKBUD") == (forum.id, topic.id)
    assert forum.last.topic is topic
    assert forum.last.text.startswith("Topik ini terhubung dengan Dinas Pendidikan & Kebudayaan.")
    assert "Grup sebelumnya, “Dikbud Kendari”, tidak lagi menerimanya." in forum.last.text


async def test_a_groups_link_links_nothing_but_a_group(town: Town) -> None:
    token = await token_for(town, None, "DIKBUD")
    stranger = town.people["stranger"]
    said = await town.starts(stranger, token)

    assert said.text == ("Tekan tombol di bawah, lalu pilih grup Dinas Pendidikan & Kebudayaan.")
    assert url_of(said, "➕ Hubungkan grup") == f"https://t.me/tuntas_bot?startgroup={token}"
    assert await holders(town, Role.SECRETARY, "DIKBUD") == ["Sari Wulandari"]


async def test_a_groups_link_is_good_once(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    sari, token = town.people["sari"], await token_for(town, None, "DISHUB")
    first = town.telegram.group("Satu", creator=sari, members=[town.bot])
    second = town.telegram.group("Dua", creator=sari, members=[town.bot])
    await town.says(sari, f"/start {token}", to=first)
    said = await town.says(sari, f"/start {token}", to=second)

    assert said.text.startswith("Tautan ini sudah dipakai")
    assert await group_of(town, "DISHUB") == (first.id, 0)


async def test_a_group_of_another_opd_is_not_taken_and_the_link_stays_good(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    sari, token = town.people["sari"], await token_for(town, None, "DISHUB")
    said = await town.says(sari, f"/start {token}", to=town.groups["DIKBUD"])
    free = town.telegram.group("Dishub", creator=sari, members=[town.bot])
    await town.says(sari, f"/start {token}", to=free)

    assert said.text == (
        "Grup atau topik ini sudah terhubung dengan Dinas Pendidikan & Kebudayaan. "
        "Koordinator melepasnya dengan /lepas."
    )
    assert await group_of(town, "DISHUB") == (free.id, 0)


async def test_a_group_linked_already_hears_so_and_the_link_stays_good(town: Town) -> None:
    sari, token = town.people["sari"], await token_for(town, None, "DIKBUD")
    await town.says(sari, f"/start {token}", to=town.groups["DIKBUD"])
    free = town.telegram.group("Dikbud baru", creator=sari, members=[town.bot])
    await town.says(sari, f"/start {token}", to=free)

    assert await group_of(town, "DIKBUD") == (free.id, 0)


async def test_an_anonymous_admin_is_asked_to_press_as_somebody(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    sari, budi = town.people["sari"], town.people["budi"]
    group = town.telegram.group("Dishub", creator=sari, members=[budi, town.bot], supergroup=True)
    sari.promotes(budi, group, anonymous=True)
    token = await token_for(town, None, "DISHUB")
    said = await town.says(budi, f"/start {token}", to=group)
    before = await group_of(town, "DISHUB")
    await town.presses(budi, said, "🔗 Hubungkan grup ini")

    assert said.earlier[0].startswith("Anda menulis sebagai admin anonim.")
    assert before == (None, 0)
    assert await group_of(town, "DISHUB") == (group.id, 0)


@pytest.mark.parametrize("nobody", [136817688, 777000], ids=["channel", "service"])
async def test_a_channel_is_no_person_who_could_link_a_group(town: Town, nobody: int) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    channel = town.telegram.person("Channel", id=nobody)
    group = town.telegram.group("Dishub", creator=channel, members=[town.bot], supergroup=True)
    token = await token_for(town, None, "DISHUB")
    said = await town.says(channel, f"/start {token}", to=group)
    seen = await town.presses(channel, said, "🔗 Hubungkan grup ini")

    assert said.earlier == []
    assert (seen.text or "").startswith("Anda menulis sebagai admin anonim")
    assert await group_of(town, "DISHUB") == (None, 0)


# greetings


async def test_a_stranger_is_told_how_to_be_invited(town: Town) -> None:
    said = await town.starts(town.people["stranger"])

    assert said.text == (
        "Tuntas, Kota Kendari\n"
        "Pengingat tenggat dan catatan penyelesaian daftar periksa pelayanan publik setiap OPD.\n\n"
        "Anda belum terdaftar. Mintalah tautan undangan kepada koordinator (Bagian Organisasi) "
        "atau sekretaris OPD Anda, lalu bukalah tautan itu di sini.\n"
        "Selengkapnya: /bantuan"
    )


async def test_a_secretary_is_greeted_by_their_post_and_may_invite(town: Town) -> None:
    said = await town.starts(town.people["sari"])

    assert "• Sekretaris Dinas Pendidikan & Kebudayaan" in said.text
    assert "/done" in said.text
    assert said.buttons == [["👥 Undang operator"]]


async def test_a_linked_group_is_told_whose_it_is(town: Town) -> None:
    said = await town.says(town.people["stranger"], "/start", to=town.groups["DIKBUD"])

    assert said.text.startswith("Grup ini terhubung dengan Dinas Pendidikan & Kebudayaan.")
    assert said.buttons == [["📋 Daftar"]]


async def test_a_forged_claim_neither_links_by_a_posts_token_nor_a_private_chat(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    said = await town.says(sari, "/start", to=group)
    in_private = await town.starts(sari)
    post = await token_for(town, Role.SECRETARY, "DISHUB")
    city = await token_for(town, Role.SEKDA)
    good = await token_for(town, None, "DISHUB")
    seen = [
        await town.forges(sari, said, f"claim:{post}"),
        await town.forges(sari, said, f"claim:{city}"),
        await town.forges(sari, in_private, f"claim:{good}"),
    ]

    assert [pop_up.text.split(".")[0] for pop_up in seen] == [
        "Tautan ini tidak dikenal",
        "Tautan ini tidak dikenal",
        "Tombol ini tidak berlaku lagi",
    ]
    assert await group_of(town, "DISHUB") == (None, 0)


async def test_a_coordinator_who_opens_the_link_of_an_opd_to_look_does_not_use_it(
    town: Town,
) -> None:
    rudi, tono = town.people["coordinator"], town.people["stranger"]
    token = await token_for(town, Role.HEAD, "DIKBUD")
    rudi.starts(town.bot, token)
    await town.hears_but_dies()
    await town.restarts()
    await town.hears()
    told = town.last(rudi)
    assert await holders(town, Role.HEAD, "DIKBUD") == []
    await town.starts(tono, token)

    golden.check("for-somebody-else", told.text)
    assert await holders(town, Role.HEAD, "DIKBUD") == ["Tono Sugiarto"]


async def test_a_coordinator_who_opens_it_again_means_it(town: Town) -> None:
    rudi, token = town.people["coordinator"], await token_for(town, Role.HEAD, "DIKBUD")
    await town.starts(rudi, token)
    await town.restarts()
    await town.starts(rudi, token)

    assert await holders(town, Role.HEAD, "DIKBUD") == ["Rudi Hartono"]
