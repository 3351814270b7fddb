"""The centre instructs OPD: preview, sending, each OPD's ✋, and what becomes of silence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.ticks import outages
from db import chats, instructions
from db.act import Act
from db.due import Due
from db.models import Addressee, Audit, Bundle, Draft, Instruction, Item, Opd, Role, State
from db.reports import instructions as reports
from db.reports import responses
from db.reports.responses import Responses, Waiting
from demo.telegram import Message
from tests import golden
from tests.coordinating import (
    DISCARD,
    SAVE,
    end_all,
    items,
    only,
    refused,
    rows,
    said_last,
    save,
    second_coordinator,
    shown,
    unlink,
)
from tests.evidence import PDF, document, kept, shelf
from tests.questions import state
from tests.town import Town, wita

ITEM, NO_ITEM, HAND = "➕ Jadikan butir", "➖ Tanpa butir", "✋ Diterima"
ANSWERS, UNDO = "🔄 Tanggapan", "↩️ Urungkan butir"
SPM = "/instruksi semua 25/11 12.00 Kirim data SPM"


async def sent(town: Town, command: str = SPM, name: str = "sekda") -> Message:
    """Saved, and in the groups."""
    receipt = await save(town, command, name)
    await town.sends()
    return receipt


async def sent_with_item(town: Town, command: str = SPM, name: str = "sekda") -> Message:
    preview = await town.says(town.people[name], command)
    await town.presses(town.people[name], preview, ITEM)
    await town.presses(town.people[name], preview, SAVE)
    await town.sends()
    return preview


async def addressee(town: Town, code: str, instruction: int = 1) -> Addressee:
    async with town.desk.view() as session:
        query = select(Addressee).join(Opd, Opd.id == Addressee.opd_id).where(Opd.code == code)
        query = query.where(Addressee.instruction_id == instruction)
        return (await session.scalars(query)).one()


async def verbs(town: Town, subject: str) -> list[tuple[str, int | None]]:
    """What the audit log says of it: the verb, and whose hand."""
    async with town.desk.view() as session:
        query = select(Audit.verb, Audit.user_id).where(Audit.subject == subject)
        return [(verb, user) for verb, user in await session.execute(query.order_by(Audit.id))]


def reminders_in(town: Town, code: str) -> list[Message]:
    return [m for m in town.said_in(town.groups[code]) if "⏰" in m.text]


# preview


async def test_a_preview_shows_to_whom_until_when_and_what(town: Town) -> None:
    text = "Kirim data SPM <triwulan III> & lampirannya.\n\n1. Isi formulir\n2. Unggah ke drive"
    preview = await town.says(town.people["sekda"], f"/instruksi semua 30/11/2026 16.00 WIB {text}")

    golden.check("instruction-preview", shown(preview))
    assert await rows(town, Instruction) == 0
    await town.sends()
    assert town.said_in(town.groups["DIKBUD"]) == []


async def test_it_may_become_an_item_and_again_not(town: Town) -> None:
    sekda = town.people["sekda"]
    preview = await town.says(sekda, "/instruksi DINKES 30/11/2026 Kirim data SPM\nsegera")
    await town.presses(sekda, preview, ITEM)
    golden.check("instruction-preview-item", shown(preview))
    await town.presses(sekda, preview, NO_ITEM)

    assert preview.buttons == [[ITEM], [SAVE, DISCARD]]
    assert "Menjadi butir" not in preview.text
    await town.presses(sekda, preview, SAVE)
    assert await items(town) == {"DIKBUD": [1, 2, 3], "DINKES": [1]}


async def test_a_press_for_an_item_that_arrives_again_changes_nothing(town: Town) -> None:
    sekda = town.people["sekda"]
    preview = await town.says(sekda, SPM)
    sekda.presses(preview, ITEM)
    await town.hears_but_dies()
    await town.restarts()
    await town.hears()
    await town.presses(sekda, preview, SAVE)

    assert await items(town) == {"DIKBUD": [1, 2, 3, 4], "DINKES": [1, 2]}


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("", "Untuk OPD mana?"),
        ("DINKS besok Kirim", "“DINKS” tidak dikenal"),
        ("semua Kirim data", "“Kirim data” tidak terbaca sebagai tanggal."),
        ("semua 31/2/2027 Kirim", "bukan tanggal atau jam"),
        ("semua 20/11/2026 Kirim", "sudah lewat"),
        ("semua besok", "Apa instruksinya?"),
        ("semua besok \u202e\n \u200b", "Apa instruksinya?"),
        ("semua besok " + "x" * 1001, "Paling banyak 1.000 huruf."),
    ],
)
async def test_what_cannot_be_read_is_refused_with_an_example(
    town: Town, said: str, answer: str
) -> None:
    refusal = await town.says(town.people["sekda"], f"/instruksi {said}")

    assert answer in refusal.text
    assert not refusal.buttons
    assert await rows(town, Draft) == 0


@pytest.mark.parametrize("name", ["auditor", "sari", "dewi", "stranger"])
async def test_only_a_coordinator_or_the_sekda_instructs(town: Town, name: str) -> None:
    refusal = await town.says(town.people[name], SPM)

    assert refusal.text.startswith(
        "Hanya untuk koordinator (Bagian Organisasi) atau Sekretaris Daerah."
    )
    assert await rows(town, Draft) == 0


@pytest.mark.parametrize("label", [SAVE, DISCARD, ITEM])
@pytest.mark.parametrize("name", ["second", "coordinator"])
async def test_only_the_author_may_press_under_the_preview(
    town: Town, name: str, label: str
) -> None:
    await second_coordinator(town)
    sekda, dikbud = town.people["sekda"], town.groups["DIKBUD"]
    preview = await town.says(sekda, SPM, to=dikbud)
    seen = await town.presses(town.people[name], preview, label)

    assert seen.text == "Hanya pengirim perintah yang dapat menekan tombol di sini."
    assert [who for who, _ in await refused(town)] == [town.people[name].id]
    assert await rows(town, Instruction) == 0


async def test_who_lost_the_post_meanwhile_sends_nothing(town: Town) -> None:
    preview = await town.says(town.people["sekda"], SPM)
    await end_all(town, "sekda")
    seen = await town.presses(town.people["sekda"], preview, SAVE)

    assert seen.text.startswith("Hanya untuk koordinator (Bagian Organisasi) atau")
    assert await rows(town, Instruction) == 0


async def test_who_holds_the_other_post_by_now_may_still_send(town: Town) -> None:
    preview = await town.says(town.people["sekda"], SPM)
    await end_all(town, "sekda")
    await town.appoint(town.people["sekda"], Role.COORDINATOR)
    await town.presses(town.people["sekda"], preview, SAVE)

    assert preview.text.startswith("Instruksi I1 dikirim")


async def test_a_deadline_that_went_by_before_it_was_sent_is_refused(town: Town) -> None:
    preview = await town.says(town.people["sekda"], "/instruksi DINKES 24/11/2026 16.00 Kirim")
    town.clock.now = wita(11, 24, 16, 0)
    seen = await town.presses(town.people["sekda"], preview, SAVE)

    assert seen.text.startswith("Tenggat itu sudah lewat")
    assert await rows(town, Instruction) == 0


async def test_a_preview_that_was_sent_or_lapsed_becomes_no_item_any_more(town: Town) -> None:
    sekda = town.people["sekda"]
    first = await town.says(sekda, SPM)
    data = first.button(ITEM)["callback_data"]
    await town.presses(sekda, first, SAVE)
    seen = await town.forges(sekda, first, data)
    lapsed = await town.says(sekda, "/instruksi DINKES 30/11 Kirim data lain")
    town.clock.now += timedelta(days=1, seconds=1)
    late = await town.presses(sekda, lapsed, ITEM)

    assert seen.text == "Sudah disimpan."
    assert late.text.startswith("Sudah lewat satu hari, tidak ada yang disimpan.")
    assert await rows(town, Bundle) == 0


async def test_a_forged_item_of_another_preview_is_none(town: Town) -> None:
    rudi = town.people["coordinator"]
    preview = await town.says(rudi, "/tenggat DINKES 30/12/2026 Laporan SKM")
    draft = preview.button(SAVE)["callback_data"].split(":")[1]
    seen = await town.forges(rudi, preview, f"asitem:{draft}:1")

    assert seen.text.startswith("Sudah lewat satu hari")
    assert "Butir baru" in preview.text


# sending


async def test_it_goes_to_each_group_once_with_a_hand(town: Town) -> None:
    receipt = await sent(town)

    golden.check("instruction-sent", shown(receipt))
    golden.check("instruction", shown(only(town, "DIKBUD")))
    assert only(town, "DINKES").buttons == [[HAND]]
    assert await verbs(town, "I1") == [("instruct", town.people["sekda"].id)]
    assert (await addressee(town, "DINKES")).heard_at == town.clock.now
    assert await verbs(town, "I1:DINKES") == [("told", None)]


async def test_only_the_opd_that_are_meant_hear_it(town: Town) -> None:
    await sent(town, "/instruksi dinkes besok Kirim data SPM", "coordinator")

    assert "dari Rudi Hartono, Koordinator:" in only(town, "DINKES").text
    assert town.said_in(town.groups["DIKBUD"]) == []


async def test_a_save_that_arrives_again_sends_once_and_shows_the_same_receipt(town: Town) -> None:
    sekda = town.people["sekda"]
    preview = await town.says(sekda, SPM)
    sekda.presses(preview, SAVE)
    await town.hears_but_dies()
    receipt = shown(preview)
    await town.restarts()
    await town.hears()
    await town.sends()

    assert shown(preview) == receipt
    assert await rows(town, Instruction) == 1
    assert len(town.said_in(town.groups["DINKES"])) == 1


async def test_a_command_heard_again_after_its_saving_is_answered_with_the_receipt(
    town: Town,
) -> None:
    sekda = town.people["sekda"]
    sekda.says(SPM, to=town.bot)
    await town.hears_but_dies()
    preview = town.last(sekda)
    sekda.presses(preview, SAVE)
    await town.hears_but_dies()
    await town.hears()

    assert preview.text.startswith("Instruksi I1 dikirim")
    assert shown(town.last(sekda)) == shown(preview)
    assert await rows(town, Instruction) == 1


async def test_a_preview_heard_again_keeps_the_wish_for_an_item(town: Town) -> None:
    sekda = town.people["sekda"]
    sekda.says(SPM, to=town.bot)
    await town.hears_but_dies()
    sekda.presses(town.last(sekda), ITEM)
    await town.hears_but_dies()
    await town.hears()

    assert "Menjadi butir" in town.last(sekda).text


async def test_the_same_act_sends_one_instruction(town: Town) -> None:
    act, calendar = Act(town.clock.now, "message:1:1:saved"), town.desk.calendar
    made = []
    for _ in range(2):
        async with town.desk.transaction() as session:
            opd = await chats.every_opd(session)
            due = Due(wita(11, 30), "Asia/Makassar")
            facts = (opd, "Kirim data SPM", due, town.clock.now, "Data SPM")
            made.append(await instructions.add(session, act, calendar, *facts))

    assert made == [1, 1]
    assert await rows(town, Addressee) == 2
    assert await rows(town, Bundle) == 1


async def test_an_opd_without_a_group_hears_it_in_private_and_may_press_there(town: Town) -> None:
    await unlink(town, "DINKES")
    await sent(town)
    budi = town.people["budi"]
    heard = town.said_to(budi)[-1]
    assert heard.buttons == [[HAND]]
    await town.presses(budi, heard, HAND)

    assert "✋ Diterima oleh Budi Santoso, Sekretaris" in heard.text
    assert (await addressee(town, "DINKES")).acknowledged_at == town.clock.now


async def test_an_opd_in_which_nobody_hears_is_named_to_the_author(town: Town) -> None:
    await unlink(town, "DINKES")
    await end_all(town, "budi")
    receipt = await sent(town)

    assert "Belum ada yang dapat diberi tahu: DINKES." in receipt.text
    assert (await addressee(town, "DINKES")).heard_at is None


async def test_a_hostile_text_is_shown_as_it_was_typed(town: Town) -> None:
    await sent(town, "/instruksi DINKES besok <b>{{ 7*7 }}</b> & _*[`\u202e\n</code> سلام")

    assert "<b>{{ 7*7 }}</b> & _*[`\n</code> سلام" in only(town, "DINKES").text
    assert not town.telegram.refused


# the hand


async def test_the_first_press_is_the_opds_response_and_is_shown(town: Town) -> None:
    await sent(town)
    town.clock.now += timedelta(minutes=5)
    told = only(town, "DIKBUD")
    seen = await town.presses(town.people["dewi"], told, HAND)

    golden.check("instruction-acknowledged", shown(told))
    assert seen.text == ""
    row = await addressee(town, "DIKBUD")
    assert row.acknowledged_at == town.clock.now
    assert await verbs(town, "I1:DIKBUD") == [
        ("told", None), ("acknowledge", town.people["dewi"].id)
    ]  # fmt: skip
    assert (await addressee(town, "DINKES")).acknowledged_at is None


async def test_who_comes_later_is_told_who_had_it(town: Town) -> None:
    await sent(town)
    told = only(town, "DIKBUD")
    sari, dewi = town.people["sari"], town.people["dewi"]
    first, second = sari.presses(told, HAND), dewi.presses(told, HAND)
    await town.hears()

    assert first.text == ""
    assert second.text == "Sudah diterima oleh Sari Wulandari, Sekretaris, 24 Nov pukul 10.00."
    assert second.show_alert
    assert "Sari Wulandari" in told.text
    assert told.buttons == []
    assert len(await verbs(town, "I1:DIKBUD")) == 2


async def test_a_press_that_arrives_again_gets_the_same_answer(town: Town) -> None:
    await sent(town)
    told = only(town, "DIKBUD")
    seen = town.people["sari"].presses(told, HAND)
    town.telegram.refuses_next(500, "Internal Server Error", method="answerCallbackQuery")
    await town.hears_but_dies()
    after = shown(told)
    town.clock.now += timedelta(minutes=1)
    await town.hears()

    assert seen.text == ""
    assert shown(told) == after
    assert len(await verbs(town, "I1:DIKBUD")) == 2


@pytest.mark.parametrize("name", ["budi", "sekda", "coordinator", "auditor", "stranger"])
async def test_nobody_else_acknowledges_for_an_opd(town: Town, name: str) -> None:
    await sent(town)
    told = only(town, "DIKBUD")
    seen = await town.presses(town.people[name], told, HAND)

    assert seen.text.startswith("Hanya untuk sekretaris, kepala, atau operator Dinas")
    assert told.buttons == [[HAND]]
    assert (await addressee(town, "DIKBUD")).acknowledged_at is None
    assert await refused(town) == [(town.people[name].id, "got")]


async def test_the_head_may_acknowledge_too(town: Town) -> None:
    head = town.people["stranger"]
    await town.appoint(head, Role.HEAD, "DIKBUD")
    await sent(town)
    await town.presses(head, only(town, "DIKBUD"), HAND)

    assert "✋ Diterima oleh Tono Sugiarto, Kepala Dinas" in only(town, "DIKBUD").text


async def test_a_forged_hand_for_what_never_went_there_is_refused(town: Town) -> None:
    await sent(town, "/instruksi DIKBUD besok Kirim data SPM")
    listing = await town.says(town.people["budi"], "/daftar", town.groups["DINKES"])
    for data in ("got:DINKES:1:0", "got:DINKES:99:1"):
        seen = await town.forges(town.people["budi"], listing, data)
        assert "tidak ada, atau tidak ditujukan kepada OPD ini." in seen.text

    assert await verbs(town, "I1:DINKES") == []


async def test_who_left_the_post_acknowledges_nothing(town: Town) -> None:
    await sent(town)
    await end_all(town, "sari")
    seen = await town.presses(town.people["sari"], only(town, "DIKBUD"), HAND)

    assert seen.text.startswith("Hanya untuk")
    assert (await addressee(town, "DIKBUD")).acknowledged_at is None


async def test_an_old_button_works_after_the_group_was_unlinked_or_linked_elsewhere(
    town: Town,
) -> None:
    await sent(town)
    told = only(town, "DIKBUD")
    await town.says(town.people["coordinator"], "/lepas", town.groups["DIKBUD"])
    await town.says(town.people["coordinator"], "/lepas", town.groups["DINKES"])
    await town.says(town.people["coordinator"], "/hubungkan DINKES", town.groups["DIKBUD"])
    seen = await town.presses(town.people["budi"], told, HAND)
    await town.presses(town.people["sari"], told, HAND)

    assert seen.text.startswith("Hanya untuk")
    assert "✋ Diterima oleh Sari Wulandari" in told.text
    assert (await addressee(town, "DINKES")).acknowledged_at is None


async def test_a_response_after_the_deadline_is_kept_as_one(town: Town) -> None:
    receipt = await sent(town)
    town.clock.now = wita(11, 25, 13, 0)
    await town.presses(town.people["sari"], only(town, "DIKBUD"), HAND)
    await town.presses(town.people["sekda"], receipt, ANSWERS)

    assert "25 November 2026 pukul 13.00 (lewat batas waktu)." in only(town, "DIKBUD").text
    golden.check("instruction-answers", shown(receipt))


async def test_the_auditor_may_look_at_the_responses_and_an_opd_may_not(town: Town) -> None:
    dikbud = town.groups["DIKBUD"]
    preview = await town.says(town.people["sekda"], SPM, to=dikbud)
    await town.presses(town.people["sekda"], preview, SAVE)
    await town.forges(town.people["sari"], preview, "got:DIKBUD:1:1")
    await town.presses(town.people["auditor"], preview, ANSWERS)
    refusal = await town.presses(town.people["sari"], preview, ANSWERS)

    assert "✋ Diterima 1 dari 2 OPD.\nBelum: DINKES" in preview.text
    assert refusal.text.startswith("Hanya untuk")


# with an item


async def test_it_creates_items_which_count_and_are_confirmed_from_its_message(town: Town) -> None:
    receipt = await sent_with_item(town, "/instruksi semua 30/11/2026 Kirim data SPM\nsegera")
    told = said_last(town, "DIKBUD")
    golden.check("instruction-item", shown(told))
    assert "Dicatat juga sebagai butir (T1)" in receipt.text
    assert await items(town) == {"DIKBUD": [1, 2, 3, 4], "DINKES": [1, 2]}
    await town.presses(town.people["sari"], told, HAND)
    assert told.buttons == [["✅ 4", "📋 Daftar"]]
    await town.presses(town.people["sari"], told, "✅ 4")

    assert await state(town, "DIKBUD", 4) is State.SUBMITTED
    async with town.desk.view() as session:
        item = await session.scalar(select(Item).where(Item.number == 4))
        assert item.title == "Kirim data SPM"
        assert item.due_at == wita(11, 30)


async def test_its_items_are_undone_as_a_bundle_and_the_instruction_stays(town: Town) -> None:
    receipt = await sent_with_item(town)
    await town.presses(town.people["sekda"], receipt, UNDO)
    await town.sends()

    golden.check("instruction-undone", shown(receipt))
    assert "Ditarik kembali oleh" in said_last(town, "DIKBUD").text
    assert await items(town) == {"DIKBUD": [1, 2, 3], "DINKES": [1]}
    told = town.said_in(town.groups["DIKBUD"])[0]
    await town.presses(town.people["sari"], told, HAND)
    assert "Dicatat sebagai butir" not in told.text
    assert (await addressee(town, "DIKBUD")).acknowledged_at


async def test_confirmed_items_are_not_undone(town: Town) -> None:
    receipt = await sent_with_item(town)
    await town.says(town.people["budi"], "/done 2")
    seen = await town.presses(town.people["sekda"], receipt, UNDO)

    assert seen.text.startswith("T1 sudah ada yang mengonfirmasi")
    assert receipt.buttons == [[ANSWERS]]


async def test_a_coordinator_does_not_undo_what_the_sekda_sent(town: Town) -> None:
    dikbud = town.groups["DIKBUD"]
    preview = await town.says(town.people["sekda"], SPM, to=dikbud)
    await town.presses(town.people["sekda"], preview, ITEM)
    await town.presses(town.people["sekda"], preview, SAVE)
    seen = await town.presses(town.people["coordinator"], preview, UNDO)

    assert seen.text == "Hanya pengirim perintah yang dapat menekan tombol di sini."
    assert await items(town) == {"DIKBUD": [1, 2, 3, 4], "DINKES": [1, 2]}


# with a file


async def test_a_file_that_the_command_captions_goes_along(town: Town) -> None:
    preview = await document(town, "sekda", SPM, name="data SPM.pdf")
    assert "📎 data SPM.pdf\n" in preview.text
    assert await rows(town, Instruction) == 0
    await town.presses(town.people["sekda"], preview, SAVE)
    await town.sends()
    told = only(town, "DIKBUD")
    await town.presses(town.people["stranger"], told, "📎 data SPM.pdf")

    given = said_last(town, "DIKBUD")
    assert given.media
    assert (given.media.data, given.media.name) == (PDF, "data SPM.pdf")
    assert given.text == "Berkas instruksi I1"
    assert told.buttons == [[HAND]]
    assert [path.split("/")[0] for path in kept(town)] == ["instruksi"]
    async with town.desk.view() as session:
        [after] = await session.scalars(select(Audit.after).where(Audit.verb == "instruct"))
        assert await reports.shelved(session) == [(kept(town)[0], after["sha256"])]


async def test_a_file_that_the_command_answers_goes_along(town: Town) -> None:
    rudi, dinkes = town.people["coordinator"], town.groups["DINKES"]
    photo = rudi.sends_document(to=dinkes, data=PDF, name="surat.pdf")
    rudi.says(f"/instruksi@{town.bot.username} DINKES besok Baca", to=dinkes, reply_to=photo)
    await town.hears()

    assert "📎 surat.pdf" in said_last(town, "DINKES").text


async def test_a_file_of_another_opds_instruction_is_not_given(town: Town) -> None:
    preview = await document(town, "sekda", "/instruksi DIKBUD besok Kirim data")
    await town.presses(town.people["sekda"], preview, SAVE)
    await sent(town, "/instruksi DINKES besok Kirim data lain")
    told = only(town, "DINKES")
    others = [await town.forges(town.people["budi"], told, f"ifile:DINKES:{n}") for n in (1, 2)]
    not_theirs = await town.forges(
        town.people["budi"], town.last(town.people["budi"]), "ifile:DIKBUD:1"
    )

    assert all("tidak ada, atau tidak ditujukan" in seen.text for seen in others)
    assert not_theirs.text.startswith("Hanya untuk")
    assert len(town.said_in(town.groups["DINKES"])) == 1


@pytest.mark.parametrize(
    ("name", "answer"), [("virus.exe", "virus.exe"), ("besar.pdf", "besar.pdf")]
)
async def test_a_file_that_is_not_taken_refuses_the_instruction(
    town: Town, name: str, answer: str
) -> None:
    data = b"x" * (20 * 2**20 + 1) if name == "besar.pdf" else b"x"
    refusal = await document(town, "sekda", SPM, name=name, data=data)

    assert answer in refusal.text
    assert await rows(town, Draft) == 0
    assert kept(town) == []


async def test_nobody_without_the_right_makes_us_fetch_a_file(town: Town) -> None:
    refusal = await document(town, "sari", SPM, name="data.pdf")

    assert refusal.text.startswith("Hanya untuk koordinator")
    assert kept(town) == []


async def test_a_file_that_is_gone_from_the_shelf_is_said(town: Town) -> None:
    preview = await document(town, "sekda", SPM, name="data.pdf")
    await town.presses(town.people["sekda"], preview, SAVE)
    await town.sends()
    (shelf(town) / kept(town)[0]).unlink()
    seen = await town.presses(town.people["sari"], only(town, "DIKBUD"), "📎 data.pdf")

    assert seen.show_alert
    assert len(town.said_in(town.groups["DIKBUD"])) == 1


# silence


async def test_who_is_silent_is_reminded_in_the_days_one_message_above_the_items(
    town: Town,
) -> None:
    await town.minute()  # today's
    await sent(town, "/instruksi DIKBUD 25/11 12.00 Kirim data SPM\nper kelurahan")
    await town.minute()
    assert len(reminders_in(town, "DIKBUD")) == 1
    await town.at(wita(11, 25, 8, 0))
    reminder = reminders_in(town, "DIKBUD")[-1]

    golden.check("reminder-instruction", shown(reminder))
    assert reminder.buttons[0] == ["✋ I1"]


async def test_an_instruction_alone_reminds_on_the_stages_of_its_deadline(town: Town) -> None:
    await sent(town, "/instruksi DINKES 27/11 12.00 Kirim data SPM")
    days = []
    for day in (24, 25, 26, 27, 30):
        before = len(reminders_in(town, "DINKES"))
        await town.at(wita(11, day, 8 if day > 24 else 17, 0))
        await town.later(minutes=1)
        days += [day] * (len(reminders_in(town, "DINKES")) - before)

    assert days == [26, 27, 30]  # a day before, on the day, the first working day after
    golden.check("reminder-instruction-alone", shown(reminders_in(town, "DINKES")[-1]))


async def test_after_an_outage_it_is_reminded_of_once(town: Town) -> None:
    await sent(town, "/instruksi DINKES 26/11 12.00 Kirim data SPM")
    for minute in (0, 1):
        await town.at(wita(12, 1, 9, minute))
    await town.at(wita(12, 2, 8, 0))

    assert len(reminders_in(town, "DINKES")) == 1


async def test_what_was_acknowledged_is_not_reminded_of(town: Town) -> None:
    await sent(town, "/instruksi DINKES 26/11 12.00 Kirim data SPM")
    await town.presses(town.people["budi"], only(town, "DINKES"), HAND)
    await town.at(wita(11, 27, 8, 0))

    assert reminders_in(town, "DINKES") == []


async def test_a_hand_under_a_reminder_shows_the_whole_below_and_leaves_it(town: Town) -> None:
    await sent(town, "/instruksi DINKES 25/11 12.00 Kirim data SPM")
    await town.at(wita(11, 25, 8, 0))
    [reminder] = reminders_in(town, "DINKES")
    before = reminder.text
    data = reminder.button("✋ I1")["callback_data"]
    await town.presses(town.people["budi"], reminder, "✋ I1")
    assert reminder.buttons == [["📋 Daftar"]]
    again = await town.forges(town.people["budi"], reminder, data)

    assert reminder.text == before
    assert "✋ Diterima oleh Budi Santoso" in said_last(town, "DINKES").text
    assert again.text == "Sudah diterima oleh Budi Santoso, Sekretaris, 25 Nov pukul 08.00."


async def test_every_operator_hears_in_private_what_the_group_would_have(town: Town) -> None:
    await unlink(town, "DIKBUD")
    await end_all(town, "sari")
    other = town.telegram.person("Made Wirawan")
    await town.appoint(other, Role.OPERATOR, "DIKBUD")
    await town.says(town.people["dewi"], "/done 1-3")
    await sent(town, "/instruksi DIKBUD 25/11 12.00 Kirim data SPM")
    await town.at(wita(11, 25, 8, 0))
    heard = [
        [m for m in town.said_to(who) if "⏰" in m.text] for who in (town.people["dewi"], other)
    ]

    assert [len(messages) for messages in heard] == [1, 1]
    assert all("I1. Kirim data SPM" in message.text for [message] in heard)


async def test_more_than_three_are_a_number(town: Town) -> None:
    for n in range(5):
        await sent(town, f"/instruksi DINKES 25/11 12.0{n} Kirim data {n}")
    await town.at(wita(11, 25, 8, 0))
    [reminder] = reminders_in(town, "DINKES")

    assert "I3. Kirim data 2" in reminder.text
    assert "I4" not in reminder.text
    assert "… dan 2 instruksi lain." in reminder.text
    assert reminder.buttons[0] == ["✋ I1", "✋ I2", "✋ I3"]


async def test_after_an_outage_a_group_that_owes_only_a_hand_hears_of_it(town: Town) -> None:
    await town.says(town.people["budi"], "/done 1")
    await sent(town)
    await outages.beat(town.desk)
    town.clock.now += timedelta(minutes=30)
    await outages.beat(town.desk)
    await town.sends()

    assert said_last(town, "DINKES").text.startswith("Bot tidak aktif pada 24 Nov 10.00–10.30.")


# how fast


async def answers(town: Town) -> tuple[Responses, ...]:
    async with town.desk.view() as session:
        return await responses.responses(session, town.desk.calendar, town.desk.now())


async def test_response_times_are_working_hours(town: Town) -> None:
    town.clock.now = wita(11, 27, 16, 30)  # a Friday; the window closes at 17.30
    await sent(town, "/instruksi semua 30/11/2026 12.00 Kirim data SPM")
    await sent(town, "/instruksi DIKBUD 3/12/2026 12.00 Kirim data lain")
    first, second = town.said_in(town.groups["DIKBUD"])
    town.clock.now = wita(11, 28, 10, 0)  # a Saturday
    await town.presses(town.people["sari"], first, HAND)
    town.clock.now = wita(11, 30, 10, 0)
    await town.presses(town.people["sari"], second, HAND)

    hour = timedelta(hours=1)
    assert await answers(town) == (
        Responses("DIKBUD", 2, 2, 0, 2 * hour, 3 * hour, None),
        Responses("DINKES", 1, 0, 0, None, None, 3 * hour),
    )
    town.clock.now = wita(11, 30, 13, 0)
    [_, silent] = await answers(town)
    assert (silent.waiting, silent.late, silent.waiting_for) == (1, 1, 6 * hour)


async def test_the_table_behind_the_digest_shows_them_the_slowest_first(town: Town) -> None:
    await sent(town, "/instruksi semua 26/11/2026 12.00 Kirim data SPM")
    await sent(town, "/instruksi DIKBUD 3/12/2026 12.00 Kirim data lain")
    first, second = town.said_in(town.groups["DIKBUD"])
    town.clock.now = wita(11, 24, 10, 20)
    await town.presses(town.people["sari"], first, HAND)
    town.clock.now = wita(11, 24, 14, 0)
    await town.presses(town.people["sari"], second, HAND)
    town.clock.now = wita(11, 26, 14, 0)
    table = await town.says(town.people["sekda"], "/rekap")
    one = await town.says(town.people["sekda"], "/rekap DIKBUD")

    heading = "Menanggapi instruksi tahun ini, dalam jam kerja"
    assert table.text.partition(f"{heading}\n")[2].splitlines()[:2] == [
        "DINKES: 0 dari 1, menunggu 23 jam, 1 lewat batas",
        "DIKBUD: 2 dari 2, biasanya 2 jam",
    ]
    assert f"{heading}: 2 dari 2, biasanya 2 jam" in one.text.splitlines()
    town.clock.now = wita(1, 4, 10, 0, 2027)
    assert heading not in (await town.says(town.people["sekda"], "/rekap")).text


async def test_times_may_be_asked_for_since_a_day(town: Town) -> None:
    await sent(town)
    async with town.desk.view() as session:
        since = town.clock.now + timedelta(seconds=1)
        found = await responses.responses(session, town.desk.calendar, town.desk.now(), since)

    assert found == ()


async def test_the_digest_counts_the_opd_that_are_silent(town: Town) -> None:
    rudi = town.people["coordinator"]
    assert "Instruksi" not in (await town.says(rudi, "/ringkasan")).text
    await sent(town)
    await sent(town, "/instruksi DIKBUD 25/11 12.00 Kirim data lain")
    await town.presses(town.people["budi"], only(town, "DINKES"), HAND)
    town.clock.now = wita(11, 24, 15, 30)

    digest = await town.says(rudi, "/ringkasan")
    assert "Belum menanggapi instruksi: 1 OPD, paling lama 5 jam kerja\n" in f"{digest.text}\n"
    async with town.desk.view() as session:
        found = await responses.waiting(session, town.desk.calendar, town.desk.now())
    assert found == Waiting(1, timedelta(hours=5, minutes=30))
    for told in town.said_in(town.groups["DIKBUD"]):
        await town.presses(town.people["sari"], told, HAND)
    assert "Instruksi" not in (await town.says(rudi, "/ringkasan")).text


async def test_the_preview_says_to_how_many_saving_sends_it_and_who_cannot_hear(
    town: Town,
) -> None:
    await unlink(town, "DINKES")
    await end_all(town, "budi")
    preview = await town.says(town.people["sekda"], SPM)

    assert "✅ Simpan mengirimnya sekarang kepada 2 OPD." in preview.text
    assert "1 di antaranya belum dapat dihubungi: DINKES." in preview.text
