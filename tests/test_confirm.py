"""An OPD confirms its items, by command and by button."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Audit, Item, Role, State
from tests.questions import count, state
from tests.town import Town


async def test_done_speaks_of_each_number(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    await town.says(sari, "/done 3", to=dikbud)
    receipt = await town.says(sari, "/selesai 2 dan 3, 9", to=dikbud)

    assert receipt.text == (
        "Dinas Pendidikan & Kebudayaan\n"
        "✅ 2. Survei kepuasan <SKM>: dicatat\n"
        "3. Foto loket: sudah tercatat, oleh Sari Wulandari, 24 Nov pukul 10.00\n"
        "9: tidak ada di daftar\n"
        "Oleh Sari Wulandari, 24 November 2026 pukul 10.00\n"
        "📎 Bukti belum ada: butir 2. Lampirkan dengan /bukti 2.\n"
        "Belum dikonfirmasi: 1 butir."
    )


async def test_the_last_one_says_that_all_is_confirmed(town: Town) -> None:
    receipt = await town.says(town.people["sari"], "/done 1-3", to=town.groups["DIKBUD"])

    assert receipt.text.endswith("Seluruh butir sudah dikonfirmasi.")


async def test_an_operator_confirms_in_private_for_the_only_opd_they_have(town: Town) -> None:
    receipt = await town.says(town.people["dewi"], "/done 3")

    assert "✅ 3. Foto loket: dicatat" in receipt.text


async def test_a_link_in_the_note_is_evidence(town: Town) -> None:
    receipt = await town.says(
        town.people["sari"], "/done 2 lihat https://drive.example/skm.pdf", to=town.groups["DIKBUD"]
    )

    assert "Bukti belum ada" not in receipt.text
    card = await town.says(town.people["sari"], "/daftar 2")
    assert "📎 https://drive.example/skm.pdf" in card.text


async def test_a_link_sent_afterwards_is_evidence_too(town: Town) -> None:
    sari = town.people["sari"]
    await town.says(sari, "/done 2")
    receipt = await town.says(sari, "/done 2 https://drive.example/skm.pdf")

    assert "; bukti ditambahkan" in receipt.text


@pytest.mark.parametrize("name", ["stranger", "coordinator", "budi", "sekda", "auditor"])
async def test_who_holds_no_post_there_confirms_nothing_and_is_told_who_may(
    town: Town, name: str
) -> None:
    refusal = await town.says(town.people[name], "/done 2", to=town.groups["DIKBUD"])

    assert refusal.text.startswith(
        "Hanya untuk sekretaris, kepala, atau operator Dinas Pendidikan & Kebudayaan."
    )
    assert await state(town, "DIKBUD", 2) is State.OPEN


async def test_a_refused_attempt_is_in_the_audit_log(town: Town) -> None:
    stranger = town.people["stranger"]
    await town.says(stranger, "/done 2 rahasia", to=town.groups["DIKBUD"])

    async with town.desk.view() as session:
        entry = (await session.scalars(select(Audit).where(Audit.verb == "refused"))).one()
    assert (entry.user_id, entry.subject) == (stranger.id, "/done@tuntas_bot")


async def test_a_press_is_refused_in_a_plain_pop_up(town: Town) -> None:
    await town.minute()
    reminder = town.groups["DIKBUD"].last
    assert reminder
    seen = await town.presses(town.people["stranger"], reminder, "✅ 1")

    assert seen.text.startswith("Hanya untuk sekretaris, kepala")
    assert seen.show_alert
    assert town.groups["DIKBUD"].last is reminder


async def test_a_press_confirms_and_a_second_one_says_so_in_a_pop_up(town: Town) -> None:
    await town.minute()
    reminder = town.groups["DIKBUD"].last
    assert reminder
    await town.presses(town.people["sari"], reminder, "✅ 1")
    second = await town.forges(town.people["dewi"], reminder, "done:DIKBUD:1")  # at once

    assert "1. Maklumat pelayanan: sudah tercatat, oleh Sari Wulandari" in second.text
    assert len(town.said_in(town.groups["DIKBUD"])) == 2


async def test_an_old_button_confirms_its_own_opd_whatever_the_chat_is_now(town: Town) -> None:
    await town.minute()
    reminder = town.groups["DIKBUD"].last
    assert reminder
    seen = await town.forges(town.people["budi"], reminder, "done:DINKES:1")

    assert seen.text == ""
    assert await state(town, "DINKES", 1) is State.SUBMITTED
    assert await state(town, "DIKBUD", 1) is State.OPEN


@pytest.mark.parametrize(
    "data",
    ["done:DIKBUD:3:evil", "xdone:DIKBUD:3", "done:DIKBUD:" + "9" * 40, "done:dikbud; drop:1",
     "done:DIKBUD:٣", "done:DIKBUD:3\n", "save:1:1", "which:0"],
)  # fmt: skip
async def test_a_button_we_do_not_know_is_answered_too(town: Town, data: str) -> None:
    await town.minute()
    reminder = town.groups["DIKBUD"].last
    assert reminder
    seen = await town.forges(town.people["sari"], reminder, data)

    assert seen.text.startswith("Tombol ini tidak berlaku lagi.")
    assert await state(town, "DIKBUD", 3) is State.OPEN


async def test_what_cannot_be_read_changes_nothing_and_gets_an_example(town: Town) -> None:
    for words in ["", "kemarin", "7-3", "1-999", "9" * 4000, "3/9", "{{ 7*7 }}", "<b>", "٣", "🙂"]:
        refusal = await town.says(town.people["sari"], f"/done {words}", to=town.groups["DIKBUD"])

        assert "/done " in refusal.text, words[:40]
    assert await state(town, "DIKBUD", 3) is State.OPEN
    assert not town.telegram.refused


async def test_numbers_that_can_be_meant_in_two_ways_are_asked_about(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    question = await town.says(sari, "/done 3 2 komponen lengkap", to=dikbud)
    assert await state(town, "DIKBUD", 3) is State.OPEN
    assert question.buttons == [
        ["3, catatan: 2 komponen lengkap"],
        ["2, 3, catatan: komponen lengkap"],
        ["✖️ Batal"],
    ]

    await town.presses(sari, question, "3, catatan: 2 komponen lengkap")

    assert await state(town, "DIKBUD", 3) is State.SUBMITTED
    assert await state(town, "DIKBUD", 2) is State.OPEN


async def test_a_question_is_answered_once_and_by_who_was_asked(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    question = await town.says(sari, "/done 3 2 komponen lengkap", to=dikbud)
    label = question.buttons[0][0]
    other = question.button(question.buttons[1][0])["callback_data"]

    refused = await town.presses(town.people["dewi"], question, label)
    await town.presses(sari, question, label)
    again = await town.forges(sari, question, other)

    assert refused.text == "Hanya pengirim perintah yang dapat menekan tombol di sini."
    assert again.text == "Pertanyaan ini sudah dijawab, dan jawaban pertama yang berlaku."
    assert await state(town, "DIKBUD", 2) is State.OPEN


async def test_who_holds_posts_in_two_opd_is_asked_which(town: Town) -> None:
    sari = town.people["sari"]
    await town.appoint(sari, Role.OPERATOR, "DINKES")
    question = await town.says(sari, "/done 1")
    assert question.text == "/done 1\n\nOPD mana yang dimaksud?"

    await town.presses(sari, question, "Dinas Kesehatan")

    assert await state(town, "DINKES", 1) is State.SUBMITTED
    named = await town.says(sari, "/done dikbud 1")
    assert "1. Maklumat pelayanan: dicatat" in named.text


async def test_an_edited_command_changes_nothing_and_is_told_so(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    said = sari.says("/done@tuntas_bot 1", to=dikbud)
    await town.hears()
    sari.edits(said, "/done@tuntas_bot 3")
    await town.hears()

    assert town.last(sari, dikbud).text.startswith("Perubahan pesan tidak dibaca")
    assert await state(town, "DIKBUD", 3) is State.OPEN


async def test_the_same_message_arriving_again_gets_the_same_receipt(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    sari.says("/done@tuntas_bot 1, 9", to=dikbud)
    await town.hears_but_dies()
    await town.hears()

    first, second = town.said_in(dikbud)
    assert first.text == second.text
    assert await count(town, "submit") == 1


async def test_what_was_taken_back_stays_so_when_its_message_comes_again(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    sari.says("/done@tuntas_bot 1", to=dikbud)
    sari.says("/batalkan@tuntas_bot 1", to=dikbud)
    await town.hears_but_dies()
    await town.hears()

    assert await state(town, "DIKBUD", 1) is State.OPEN
    assert (await count(town, "submit"), await count(town, "withdraw")) == (1, 1)
    told = [message.text for message in town.said_in(dikbud)]
    assert len(told) == 2
    for text in told:
        assert text.index("1. Maklumat pelayanan: dicatat") < text.index("konfirmasi dibatalkan")


async def test_a_confirmation_counts_from_when_it_was_sent(town: Town) -> None:
    sent = town.clock.now
    town.people["sari"].says("/done@tuntas_bot 1", to=town.groups["DIKBUD"])
    town.clock.now += timedelta(hours=5)
    await town.hears()

    async with town.desk.view() as session:
        first = await session.scalar(select(Item.first_submitted_at).where(Item.number == 1))
    assert first == sent


async def test_taking_back_says_so_and_the_item_is_open_again(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    receipt = await town.says(sari, "/done 3", to=dikbud)
    await town.presses(sari, receipt, "↩️ Batalkan")

    assert "↩️ 3. Foto loket: konfirmasi dibatalkan" in town.last(sari, dikbud).text
    assert await state(town, "DIKBUD", 3) is State.OPEN


async def test_what_is_verified_cannot_be_taken_back(town: Town) -> None:
    sari = town.people["sari"]
    await town.says(sari, "/done 3")
    await town.says(town.people["coordinator"], "/verifikasi DIKBUD 3")
    receipt = await town.says(sari, "/batalkan 3")

    assert "3. Foto loket: sudah terverifikasi" in receipt.text
    assert await state(town, "DIKBUD", 3) is State.VERIFIED


async def test_two_people_at_once_have_one_effect_and_both_are_answered(town: Town) -> None:
    dikbud = town.groups["DIKBUD"]
    town.people["sari"].says("/done 3", to=town.bot)
    town.people["dewi"].says("/done 3", to=town.bot)
    await town.hears()

    answers = town.last(town.people["sari"]).text, town.last(town.people["dewi"]).text
    assert await count(town, "submit") == 1
    assert sorted("sudah tercatat" in text for text in answers) == [False, True]
    assert not town.said_in(dikbud)


async def test_an_anonymous_admin_is_never_credited_and_told_what_to_do(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    group = sari.upgrades(dikbud)
    sari.promotes(town.people["dewi"], group, anonymous=True)
    await town.hears()
    answer = await town.says(town.people["dewi"], "/done DIKBUD 3", to=group)

    assert answer.text.startswith("Anda menulis sebagai admin anonim")
    assert await state(town, "DIKBUD", 3) is State.OPEN


async def test_several_confirmed_at_once_are_taken_back_by_one_press(town: Town) -> None:
    sari = town.people["sari"]
    receipt = await town.says(sari, "/done 1-3", town.groups["DIKBUD"])
    await town.restarts()
    await town.presses(sari, receipt, "↩️ Batalkan")

    assert [await state(town, "DIKBUD", number) for number in (1, 2, 3)] == [State.OPEN] * 3
    assert "konfirmasi dibatalkan" in town.said_in(town.groups["DIKBUD"])[-1].text
    assert ["📋 Daftar"] in receipt.buttons
