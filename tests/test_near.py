"""What is no command to the letter: near misses, bare numbers, captions, and chatter."""

from __future__ import annotations

from sqlalchemy import select

from db.models import Audit, Role, State
from tests.questions import count, state
from tests.town import Town

UNDERSTOOD = (
    "/done3", "/DONE3", "/selesai3", "/done_3", "/done,3", "/done:3", "/done#3", "/done.3",
    "/done 3", "/done\n3", "/done no. 3", "3", " 3 ", "#3", "no 3", "butir 3", "nomor 3",
    "done 3", "Selesai 3", "SELESAI no. 3", "done: 3", "selesai\n3", "done3", "done, 3",
    "/ done 3", "/done DIKBUD: 3", "/done dikbud, 3", "done DIKBUD 3",
)  # fmt: skip
OTHERS = (
    "/cuaca",
    "/cuaca@tuntas_bot kota",
    "/123",
    "/x" + "y" * 60,
    "/" * 9,
    "/x/y",
    "/done@o_bot",
)
CHATTER = (
    "3", "done 3", "selesai 3", "siap pak", "kami hadir 3 orang", "5-8", "🙏", "besok rapat", "/",
)  # fmt: skip
WORDS = (
    "siap pak",
    "3 orang hadir",
    "tolong /done 3",
    "16/00",
    "🙏",
    "done",
    "<b>3</b>",
    "٣",
    "3 x",
)


MEANT = (
    ("/slesai 3", "/selesai 3"), ("/doen 3", "/done 3"), ("/donee 3", "/done 3"),
    ("/don 3", "/done 3"), ("/selesaikan 3", "/selesai 3"), ("/dafter", "/daftar"),
    ("/batakan 3, 2", "/batalkan 3, 2"), ("/verfikasi DIKBUD 3", "/verifikasi DIKBUD 3"),
    ("/slesai <b>3</b>", "/selesai <b>3</b>"), ("/slesai " + "3" * 99, "/selesai"),
)  # fmt: skip


async def test_in_private_it_is_understood(town: Town) -> None:
    for said in UNDERSTOOD:
        receipt = await town.says(town.people["sari"], said)

        assert "3. Foto loket: " in receipt.text, said
    assert await count(town, "submit") == 1
    assert not town.telegram.refused


async def test_in_a_group_a_command_that_runs_into_its_number_is_understood(town: Town) -> None:
    for said in ["/done3", "/Selesai3", "/done_3"]:
        receipt = await town.says(town.people["sari"], said, to=town.groups["DIKBUD"])

        assert "3. Foto loket: " in receipt.text, said


async def test_numbers_alone_are_a_list(town: Town) -> None:
    receipt = await town.says(town.people["sari"], "1-2 dan 3")

    assert receipt.text.endswith("Seluruh butir sudah dikonfirmasi.")


async def test_numbers_alone_are_refused_as_done_refuses_them(town: Town) -> None:
    refusal = await town.says(town.people["sari"], "3-1")

    assert refusal.text.startswith("Rentang 3-1 terbalik")
    assert refusal.text.endswith("/done 1-3.")


async def test_a_note_behind_done_without_a_slash_is_kept(town: Town) -> None:
    await town.says(town.people["sari"], "selesai 2 https://drive.example/skm.pdf")

    card = await town.says(town.people["sari"], "/daftar 2")
    assert "📎 https://drive.example/skm.pdf" in card.text


async def test_what_can_be_meant_in_two_ways_is_asked_without_a_slash_too(town: Town) -> None:
    sari = town.people["sari"]
    question = await town.says(sari, "done 3 2 komponen lengkap")
    await town.presses(sari, question, "3, catatan: 2 komponen lengkap")

    assert await state(town, "DIKBUD", 3) is State.SUBMITTED
    assert await state(town, "DIKBUD", 2) is State.OPEN


async def test_one_letter_off_is_answered_with_the_one_meant(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    for said, meant in MEANT:
        for answer in (await town.says(sari, said, to=dikbud), await town.says(sari, said)):
            assert answer.text == f"Perintah itu tidak dikenal, mungkin maksud Anda {meant}."
    assert await state(town, "DIKBUD", 3) is State.OPEN
    assert not town.telegram.refused


async def test_one_letter_off_says_nothing_in_a_group_that_is_no_opds(town: Town) -> None:
    sari = town.people["sari"]
    other = town.telegram.group("Arisan", creator=sari, members=[town.bot])
    await town.hears()
    before = len(town.said_in(other))
    await town.says(sari, "/slesai 3", to=other)

    assert len(town.said_in(other)) == before


async def test_other_commands_are_ignored_in_a_group(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    await town.says(sari, "/daftar", to=dikbud)
    town.bot.privacy = False
    before = len(town.said_in(dikbud))
    for said in [*OTHERS, "/done@other_bot 3", "/slesai@other_bot 3"]:
        sari.says(said, to=dikbud)
    await town.hears()

    assert len(town.said_in(dikbud)) == before
    assert await state(town, "DIKBUD", 3) is State.OPEN


async def test_other_commands_are_answered_in_private_with_one_sentence(town: Town) -> None:
    sari = town.people["sari"]
    before = len(town.said_to(sari))
    for said in OTHERS:
        answer = await town.says(sari, said)

        assert answer.text.startswith("Perintah itu tidak dikenal, kirim /bantuan"), said
    assert len(town.said_to(sari)) == before + len(OTHERS)


async def test_chatter_in_a_group_is_never_answered(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    listing = await town.says(sari, "/daftar", to=dikbud)
    before = len(town.said_in(dikbud))
    town.bot.privacy = False
    for said in CHATTER:
        sari.says(said, reply_to=listing)
        sari.says(said, to=dikbud)
    sari.sends_photo(to=dikbud)
    await town.hears()

    assert len(town.said_in(dikbud)) == before
    assert await state(town, "DIKBUD", 3) is State.OPEN


async def test_plain_words_in_private_get_one_sentence(town: Town) -> None:
    sari = town.people["sari"]
    before = len(town.said_to(sari))
    for said in WORDS:
        answer = await town.says(sari, said)

        assert answer.text == (
            "Untuk mengonfirmasi, kirim nomor butirnya, misalnya 3 atau 3, 7; petunjuk lain ada "
            "di /bantuan."
        ), said
    assert len(town.said_to(sari)) == before + len(WORDS)
    assert await state(town, "DIKBUD", 3) is State.OPEN


async def test_who_confirms_nothing_is_not_told_to_send_numbers(town: Town) -> None:
    answer = await town.says(town.people["stranger"], "selamat pagi")

    assert answer.text.startswith("Pesan itu tidak terbaca sebagai perintah, kirim /bantuan")


async def test_a_number_from_somebody_without_a_post_confirms_nothing(town: Town) -> None:
    refusal = await town.says(town.people["stranger"], "3")

    assert refusal.text.startswith("Hanya untuk sekretaris OPD")


async def test_the_audit_log_keeps_the_command_that_was_tried_and_no_words(town: Town) -> None:
    for said in ["/done,rahasia", "081234567890", "done 3 rahasia"]:
        await town.says(town.people["stranger"], said)

    async with town.desk.view() as session:
        tried = (await session.scalars(select(Audit.subject).where(Audit.verb == "refused"))).all()
    assert tried == ["/done", "done", "done"]


async def test_a_near_miss_in_the_wrong_kind_of_chat_is_told_where(town: Town) -> None:
    coordinator = town.people["coordinator"]
    exact = await town.says(coordinator, "/ringkasan", to=town.groups["DIKBUD"])
    near = await town.says(coordinator, "/ringkasan1", to=town.groups["DIKBUD"])

    assert near.text == exact.text


async def test_a_photo_with_the_command_confirms_and_is_kept_beside_the_link(town: Town) -> None:
    sari = town.people["sari"]
    sari.sends_photo(to=town.bot, caption="/done3 https://drive.example/loket.jpg")
    await town.hears()

    receipt = town.last(sari).text
    assert "✅ 3. Foto loket: dicatat" in receipt
    card = await town.says(sari, "/daftar 3")
    assert "📎 https://drive.example/loket.jpg" in card.text
    assert "📎 foto-20261124-1000-" in card.text


async def test_who_sends_a_file_with_another_command_hears_that_it_is_not_kept(town: Town) -> None:
    sari = town.people["sari"]
    sari.sends_photo(to=town.bot, caption="/daftar")
    await town.hears()

    assert town.last(sari).text.endswith(
        "Berkasnya tidak disimpan. Sebagai bukti, balas berkas itu dengan /bukti 3."
    )


async def test_a_caption_counts_in_a_group_too_where_the_bot_is_told_of_it(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    town.bot.privacy = False
    for number, caption in enumerate(["/done@tuntas_bot 1", "/done2", "/selesai 3"], start=1):
        sari.sends_document(to=dikbud, caption=caption)
        await town.hears()

        assert f"✅ {number}. " in town.last(sari, dikbud).text, caption


async def test_a_caption_for_another_bot_is_none_of_ours(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    town.bot.privacy = False
    sari.sends_photo(to=dikbud, caption="/done@other_bot 3")
    await town.hears()

    assert not town.said_in(dikbud)
    assert await state(town, "DIKBUD", 3) is State.OPEN


async def test_a_file_alone_or_an_album_is_asked_once_for_its_item(town: Town) -> None:
    sari = town.people["sari"]
    sari.sends_photo(to=town.bot)
    await town.hears()
    sari.sends_album([b"1", b"2", b"3"], to=town.bot)
    await town.hears()

    said = [message.text for message in town.said_to(sari)][-2:]
    assert all(text.startswith("Berkas ini untuk butir mana?") for text in said)
    assert len(town.said_to(sari)) == 3  # the greeting before them


async def test_what_was_understood_arrives_twice_and_counts_once(town: Town) -> None:
    sari = town.people["sari"]
    sari.says("3", to=town.bot)
    await town.hears_but_dies()
    await town.hears()

    first, second = town.said_to(sari)[-2:]
    assert first.text == second.text


async def test_what_would_be_understood_changes_nothing_when_edited_and_is_told_so(
    town: Town,
) -> None:
    sari = town.people["sari"]
    for first, then in [("1", "1, 3"), ("/done1", "/done3"), ("terima kasih", "done 3")]:
        said = sari.says(first, to=town.bot)
        await town.hears()
        sari.edits(said, then)
        await town.hears()

        assert town.last(sari).text.startswith("Perubahan pesan tidak dibaca"), then
    assert await state(town, "DIKBUD", 3) is State.OPEN


async def test_edits_of_other_words_are_none_of_ours(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    town.bot.privacy = False
    said = [sari.says(words, to=dikbud) for words in ("siap", "/cuaca", "/done@other_bot 3")]
    for message in said:
        sari.edits(message, f"{message.text} pak")
    await town.hears()
    before = len(town.said_in(dikbud))
    private = len(town.said_to(sari))
    sari.edits(sari.says("selamat pagi", to=town.bot), "selamat siang")
    await town.hears()

    assert before == len(town.said_in(dikbud)) == 0
    assert len(town.said_to(sari)) == private + 1


async def test_numbers_of_who_has_two_opd_are_asked_about(town: Town) -> None:
    sari = town.people["sari"]
    await town.appoint(sari, Role.OPERATOR, "DINKES")
    question = await town.says(sari, "1")
    await town.presses(sari, question, "Dinas Kesehatan")

    assert await state(town, "DINKES", 1) is State.SUBMITTED
