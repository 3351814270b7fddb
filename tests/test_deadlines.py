"""A coordinator adds items: preview, saving, undoing, and who hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from db import audit, people, tenures
from db.act import Act
from db.models import Audit, Bundle, Draft, Heard, Owed, Role, State
from tests import golden
from tests.coordinating import (
    DISCARD,
    SAVE,
    UNDO,
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
from tests.questions import count, state
from tests.town import Town, wita


async def test_a_preview_shows_for_whom_until_when_and_the_days_of_reminders(town: Town) -> None:
    preview = await town.says(
        town.people["coordinator"], "/tenggat semua 30/12/2026 16.00 WIB Laporan <SKM> & tindak"
    )

    golden.check("add-preview", shown(preview))
    assert await items(town) == {"DIKBUD": [1, 2, 3], "DINKES": [1]}


async def test_saving_turns_the_preview_into_the_receipt_and_tells_each_group_once(
    town: Town,
) -> None:
    receipt = await save(town, "/tenggat dikbud, DINKES 30/12/2026 Laporan SKM")
    await town.sends()

    golden.check("bundle-saved", shown(receipt))
    golden.check("added-notice", shown(only(town, "DIKBUD")))
    assert "2. Laporan SKM" in only(town, "DINKES").text
    assert await items(town) == {"DIKBUD": [1, 2, 3, 4], "DINKES": [1, 2]}


async def test_one_opd_alone_may_be_meant(town: Town) -> None:
    receipt = await save(town, "/tenggat DINKES besok pukul 10.00 Rapat; bawa notulen")
    await town.sends()

    assert "Untuk: DINKES" in receipt.text
    assert "25 November 2026 pukul 10.00 WITA" in receipt.text
    assert not town.said_in(town.groups["DIKBUD"])


async def test_the_new_item_is_confirmed_by_the_button_under_the_notice(town: Town) -> None:
    await save(town, "/tenggat DINKES 30/12/2026 Laporan SKM")
    await town.sends()
    await town.presses(town.people["budi"], only(town, "DINKES"), "✅ 2")

    assert await state(town, "DINKES", 2) is State.SUBMITTED


async def test_a_year_without_an_official_calendar_is_named(town: Town) -> None:
    preview = await town.says(
        town.people["coordinator"], "/tenggat DINKES 15/3/2027 Laporan tahunan"
    )

    assert "Hari libur 2027 belum resmi" in preview.text


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("", "Untuk OPD mana?"),
        ("DINKS 30/12/2026 Laporan", "“DINKS” tidak dikenal"),
        ("DINKES,DIKBUT 30/12/2026 Laporan", "“DIKBUT” tidak dikenal"),
        ("semua", "Tanggalnya belum ada."),
        ("semua Laporan SKM", "“Laporan SKM” tidak terbaca sebagai tanggal."),
        ("semua 31/2/2027 Laporan", "bukan tanggal atau jam"),
        ("semua 13/30 Laporan", "bukan tanggal atau jam"),
        ("semua 20/11/2026 Laporan", "sudah lewat"),
        ("semua 30/12/2030 Laporan", "lebih dari dua tahun lagi"),
        ("semua 30/12/2026", "Apa yang harus diselesaikan?"),
        ("semua 30/12/2026 " + "x" * 301, "Paling banyak 300 huruf"),
        ("{{ 7*7 }} <b>_*[", "“{{” tidak dikenal"),
        ("9" * 4000, "tidak dikenal"),
    ],
)
async def test_what_cannot_be_read_is_refused_whole_and_with_an_example(
    town: Town, said: str, answer: str
) -> None:
    refusal = await town.says(town.people["coordinator"], f"/tenggat {said}")

    assert answer in refusal.text
    assert not refusal.buttons
    assert not town.telegram.refused
    assert await rows(town, Draft) == 0


async def test_a_hostile_title_is_shown_as_it_was_typed_in_one_line(town: Town) -> None:
    title = "<b>{{ 7*7 }}</b> & _*[`\n\u202e👩‍👩‍👧 سلام"
    receipt = await save(town, f"/tenggat DINKES 30/12/2026 {title}")
    await town.sends()

    assert "<b>{{ 7*7 }}</b> & _*[` 👩‍👩‍👧 سلام" in receipt.text
    assert "2. <b>{{ 7*7 }}</b> & _*[` 👩‍👩‍👧 سلام" in only(town, "DINKES").text
    assert not town.telegram.refused


@pytest.mark.parametrize("name", ["sekda", "auditor", "sari", "dewi", "stranger"])
@pytest.mark.parametrize(
    "command",
    ["/tenggat semua 30/12/2026 Laporan", "/ubah DINKES 1 30/11", "/hapus DINKES 1 salah"],
)
async def test_only_a_coordinator_sets_deadlines(town: Town, name: str, command: str) -> None:
    refusal = await town.says(town.people[name], command)

    assert refusal.text.startswith("Hanya untuk koordinator (Bagian Organisasi).")
    assert await rows(town, Draft) == 0


async def test_it_may_be_said_in_a_group_of_an_opd_for_another(town: Town) -> None:
    rudi, dikbud = town.people["coordinator"], town.groups["DIKBUD"]
    preview = await town.says(rudi, "/tenggat DINKES 30/12/2026 Laporan SKM", to=dikbud)
    await town.presses(rudi, preview, SAVE)

    assert "Disimpan sebagai T1" in preview.text
    assert await items(town) == {"DIKBUD": [1, 2, 3], "DINKES": [1, 2]}


async def test_a_preview_outlives_a_restart(town: Town) -> None:
    rudi = town.people["coordinator"]
    preview = await town.says(rudi, "/tenggat DINKES 30/12/2026 Laporan SKM")
    await town.restarts()
    await town.presses(rudi, preview, SAVE)

    assert "Disimpan sebagai T1" in preview.text
    assert await items(town) == {"DIKBUD": [1, 2, 3], "DINKES": [1, 2]}


async def test_a_preview_lapses_after_a_day(town: Town) -> None:
    rudi = town.people["coordinator"]
    preview = await town.says(rudi, "/tenggat DINKES 30/12/2026 Laporan SKM")
    town.clock.now += timedelta(days=1, seconds=1)
    seen = await town.presses(rudi, preview, SAVE)

    assert seen.text.startswith("Sudah lewat satu hari, tidak ada yang disimpan.")
    assert await rows(town, Bundle) == 0


async def test_a_deadline_that_went_by_before_it_was_saved_is_refused(town: Town) -> None:
    rudi = town.people["coordinator"]
    preview = await town.says(rudi, "/tenggat DINKES 24/11/2026 16.00 Laporan SKM")
    town.clock.now = wita(11, 24, 16, 0)
    seen = await town.presses(rudi, preview, SAVE)

    assert seen.text.startswith("Tenggat itu sudah lewat, tidak ada yang disimpan.")
    assert await rows(town, Bundle) == 0


async def test_two_presses_save_once_and_the_second_is_told_so(town: Town) -> None:
    rudi = town.people["coordinator"]
    preview = await town.says(rudi, "/tenggat DINKES 30/12/2026 Laporan SKM")
    data = preview.button(SAVE)["callback_data"]
    first, second = rudi.forges(preview, data), rudi.forges(preview, data)
    await town.hears()
    await town.sends()

    assert sorted([first.text, second.text]) == ["", "Sudah disimpan."]
    assert preview.buttons == [[UNDO]]
    assert await count(town, "add") == 1
    assert len(town.said_in(town.groups["DINKES"])) == 1


async def test_a_press_that_arrives_again_gets_the_same_receipt(town: Town) -> None:
    rudi = town.people["coordinator"]
    preview = await town.says(rudi, "/tenggat DINKES 30/12/2026 Laporan SKM")
    rudi.presses(preview, SAVE)
    await town.hears_but_dies()
    receipt = shown(preview)
    await town.restarts()
    await town.hears()
    await town.sends()

    assert shown(preview) == receipt
    assert await count(town, "add") == 1
    assert len(town.said_in(town.groups["DINKES"])) == 1


async def test_a_receipt_that_never_arrived_is_shown_when_the_press_comes_again(
    town: Town,
) -> None:
    rudi = town.people["coordinator"]
    preview = await town.says(rudi, "/tenggat DINKES 30/12/2026 Laporan SKM")
    rudi.presses(preview, SAVE)
    town.telegram.refuses_next(500, "Internal Server Error", method="editMessageText")
    await town.hears_but_dies()
    assert preview.buttons == [[SAVE, DISCARD]]

    await town.hears()

    assert "Disimpan sebagai T1" in preview.text
    assert preview.buttons == [[UNDO]]


async def test_a_command_that_arrives_again_makes_one_draft(town: Town) -> None:
    rudi = town.people["coordinator"]
    rudi.says("/tenggat DINKES 30/12/2026 Laporan SKM", to=town.bot)
    await town.hears_but_dies()
    await town.hears()
    first, second = town.said_to(rudi)[-2:]
    await town.presses(rudi, first, SAVE)
    seen = await town.presses(rudi, second, SAVE)

    assert seen.text == "Sudah disimpan."
    assert second.text == first.text
    assert await rows(town, Bundle) == 1


async def test_a_command_heard_again_after_its_saving_is_answered_with_the_receipt(
    town: Town,
) -> None:
    rudi = town.people["coordinator"]
    rudi.says("/tenggat DINKES 30/12/2026 Laporan SKM", to=town.bot)
    await town.hears_but_dies()
    preview = town.last(rudi)
    rudi.presses(preview, SAVE)
    await town.hears_but_dies()  # the press, while the command is not acknowledged yet
    await town.hears()

    assert preview.text.startswith("Disimpan sebagai T1")
    assert shown(town.last(rudi)) == shown(preview)
    assert await rows(town, Bundle) == 1


async def test_an_edited_command_changes_nothing(town: Town) -> None:
    rudi = town.people["coordinator"]
    said = rudi.says("/tenggat DINKES 30/12/2026 Laporan SKM", to=town.bot)
    await town.hears()
    rudi.edits(said, "/tenggat DINKES 31/12/2026 Laporan SKM")
    await town.hears()

    assert town.last(rudi).text.startswith("Perubahan pesan tidak dibaca")
    assert await rows(town, Draft) == 1


@pytest.mark.parametrize("label", [SAVE, DISCARD])
@pytest.mark.parametrize("name", ["sari", "sekda", "stranger", "second"])
async def test_only_the_author_may_press_and_the_attempt_is_in_the_audit_log(
    town: Town, name: str, label: str
) -> None:
    await second_coordinator(town)
    rudi, dikbud = town.people["coordinator"], town.groups["DIKBUD"]
    preview = await town.says(rudi, "/tenggat DINKES 30/12/2026 Laporan SKM", to=dikbud)
    data = preview.button(label)["callback_data"]
    seen = await town.forges(town.people[name], preview, data)

    assert seen.text == "Hanya pengirim perintah yang dapat menekan tombol di sini."
    assert seen.show_alert
    assert await refused(town) == [(town.people[name].id, data.split(":")[0])]
    assert await rows(town, Bundle) == 0


async def test_who_is_no_coordinator_any_more_saves_nothing(town: Town) -> None:
    rudi = town.people["coordinator"]
    preview = await town.says(rudi, "/tenggat DINKES 30/12/2026 Laporan SKM")
    async with town.desk.transaction() as session:
        [holder] = await people.tenures_of(session, rudi.id)
        await tenures.end(session, Act(town.clock.now, "end"), holder.tenure_id)
    seen = await town.presses(rudi, preview, SAVE)

    assert seen.text.startswith("Hanya untuk koordinator (Bagian Organisasi).")
    assert await rows(town, Bundle) == 0


async def test_what_is_let_go_is_gone(town: Town) -> None:
    rudi = town.people["coordinator"]
    preview = await town.says(rudi, "/tenggat DINKES 30/12/2026 Laporan SKM")
    data = preview.button(SAVE)["callback_data"]
    await town.presses(rudi, preview, DISCARD)
    assert shown(preview) == "Tidak disimpan. Tidak ada yang berubah."

    seen = await town.forges(rudi, preview, data)

    assert seen.text == "Sudah dibatalkan, tidak ada yang disimpan."
    assert await rows(town, Bundle) == 0


async def test_a_forged_save_of_a_question_is_no_preview(town: Town) -> None:
    sari = town.people["sari"]
    question = await town.says(sari, "/done 3 2 komponen lengkap")
    draft = question.keyboard[0][0]["callback_data"].split(":")[1]
    seen = await town.forges(sari, question, f"save:{draft}")

    assert seen.text.startswith("Sudah lewat satu hari, tidak ada yang disimpan.")
    await town.presses(sari, question, question.buttons[0][0])
    assert await state(town, "DIKBUD", 3) is State.SUBMITTED


async def test_two_coordinators_at_once_get_different_numbers(town: Town) -> None:
    rudi, maya = town.people["coordinator"], await second_coordinator(town)
    one = await town.says(rudi, "/tenggat DINKES 30/12/2026 Laporan SKM")
    two = await town.says(maya, "/tenggat DINKES 30/12/2026 Laporan kas")
    rudi.presses(one, SAVE)
    maya.presses(two, SAVE)
    await town.hears()
    await town.sends()

    assert await items(town) == {"DIKBUD": [1, 2, 3], "DINKES": [1, 2, 3]}
    assert {one.text.split()[2], two.text.split()[2]} == {"T1", "T2"}
    assert len(town.said_in(town.groups["DINKES"])) == 2


async def test_a_number_is_never_used_again(town: Town) -> None:
    await save(town, "/tenggat DINKES 30/12/2026 Laporan SKM")
    await save(town, "/hapus DINKES 2 salah ketik")
    receipt = await save(town, "/tenggat DINKES 30/12/2026 Laporan SKM yang benar")

    assert "Nomor butir: 3" in receipt.text


async def test_stages_already_past_count_as_heard_and_the_next_one_is_told(town: Town) -> None:
    await save(town, "/tenggat DINKES 27/11/2026 Laporan SKM")
    await town.minute()
    [notice] = town.said_in(town.groups["DINKES"])
    assert "2. Laporan SKM" in notice.text

    await town.at(wita(11, 26, 8, 0))

    assert "2. Laporan SKM" in said_last(town, "DINKES").text
    assert "⏰" in said_last(town, "DINKES").text
    assert await rows(town, Heard) > 0


async def test_reminders_go_on_after_a_restart(town: Town) -> None:
    await save(town, "/tenggat DINKES 30/12/2026 Laporan SKM")
    await town.sends()
    await town.restarts()
    await town.at(wita(12, 16, 8, 0))

    assert "2. Laporan SKM" in said_last(town, "DINKES").text


async def test_undoing_takes_the_items_back_and_tells_the_groups_once(town: Town) -> None:
    rudi = town.people["coordinator"]
    receipt = await save(town, "/tenggat semua 30/12/2026 Laporan SKM")
    await town.sends()
    data = receipt.button(UNDO)["callback_data"]
    rudi.forges(receipt, data)
    rudi.forges(receipt, data)
    await town.hears_but_dies()
    await town.hears()
    await town.sends()

    golden.check("bundle-undone", shown(receipt))
    _, undone = town.said_in(town.groups["DIKBUD"])
    golden.check("undone-notice", shown(undone))
    assert await items(town) == {"DIKBUD": [1, 2, 3], "DINKES": [1]}
    assert await count(town, "drop") == 2
    await town.at(wita(12, 16, 8, 0))
    assert "Laporan SKM" not in said_last(town, "DINKES").text


async def test_what_nobody_was_told_of_is_taken_back_silently(town: Town) -> None:
    rudi = town.people["coordinator"]
    receipt = await save(town, "/tenggat semua 30/12/2026 Laporan SKM")
    await town.presses(rudi, receipt, UNDO)
    await town.sends()

    assert not town.said_in(town.groups["DIKBUD"])
    assert not town.said_in(town.groups["DINKES"])


async def test_after_a_confirmation_it_is_too_late_and_the_button_goes(town: Town) -> None:
    rudi = town.people["coordinator"]
    receipt = await save(town, "/tenggat semua 30/12/2026 Laporan SKM")
    await town.says(town.people["budi"], "/done 2")
    seen = await town.presses(rudi, receipt, UNDO)

    assert seen.text == (
        "T1 sudah ada yang mengonfirmasi, sehingga tidak dapat diurungkan. "
        "Untuk menghapusnya: /hapus T1 alasan."
    )
    assert not receipt.buttons
    assert await state(town, "DIKBUD", 4) is State.OPEN


async def test_a_confirmation_taken_back_was_one_all_the_same(town: Town) -> None:
    receipt = await save(town, "/tenggat semua 30/12/2026 Laporan SKM")
    await town.says(town.people["budi"], "/done 2")
    await town.says(town.people["budi"], "/batalkan 2")
    seen = await town.presses(town.people["coordinator"], receipt, UNDO)

    assert seen.text.startswith("T1 sudah ada yang mengonfirmasi")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("sari", "Hanya untuk koordinator (Bagian Organisasi) atau Sekretaris Daerah."),
        ("second", "Hanya pengirim perintah yang dapat menekan tombol di sini."),
    ],
)
async def test_only_its_author_undoes_a_bundle(town: Town, name: str, why: str) -> None:
    await second_coordinator(town)
    rudi, dikbud = town.people["coordinator"], town.groups["DIKBUD"]
    receipt = await town.says(rudi, "/tenggat semua 30/12/2026 Laporan SKM", to=dikbud)
    await town.presses(rudi, receipt, SAVE)
    seen = await town.presses(town.people[name], receipt, UNDO)

    assert seen.text == why
    assert await refused(town) == [(town.people[name].id, "undo")]
    assert await state(town, "DIKBUD", 4) is State.OPEN


async def test_a_forged_undo_of_no_bundle_is_answered(town: Town) -> None:
    receipt = await save(town, "/tenggat semua 30/12/2026 Laporan SKM")
    seen = await town.forges(town.people["coordinator"], receipt, "undo:999999999999")

    assert seen.text.startswith("T999999999999 tidak ada.")


async def test_a_bundle_that_was_dropped_is_not_undone(town: Town) -> None:
    receipt = await save(town, "/tenggat semua 30/12/2026 Laporan SKM")
    await save(town, "/hapus T1 tidak jadi")
    seen = await town.presses(town.people["coordinator"], receipt, UNDO)

    assert seen.text == "T1 sudah dihapus."


async def test_without_a_group_the_secretary_hears_it_in_private(town: Town) -> None:
    await unlink(town, "DINKES")
    await save(town, "/tenggat semua 30/12/2026 Laporan SKM")
    await town.sends()

    assert "2. Laporan SKM" in town.last(town.people["budi"]).text
    assert "4. Laporan SKM" in only(town, "DIKBUD").text


async def test_without_a_secretary_every_operator_hears_it(town: Town) -> None:
    await unlink(town, "DINKES")
    await end_all(town, "budi")
    for name in ("dewi", "stranger"):
        await town.appoint(town.people[name], Role.OPERATOR, "DINKES")
    await save(town, "/tenggat DINKES 30/12/2026 Laporan SKM")
    await town.sends()

    assert "2. Laporan SKM" in town.last(town.people["dewi"]).text
    assert "2. Laporan SKM" in town.last(town.people["stranger"]).text


async def test_who_is_secretary_of_two_opd_hears_of_both(town: Town) -> None:
    await town.appoint(town.people["budi"], Role.SECRETARY, "DIKBUD")
    await unlink(town, "DINKES")
    await unlink(town, "DIKBUD")
    await save(town, "/tenggat semua 30/12/2026 Laporan SKM")
    await town.sends()

    texts = [message.text for message in town.said_to(town.people["budi"])[-2:]]
    assert sorted(text.split("\n")[0] for text in texts) == [
        "📋 Dinas Kesehatan",
        "📋 Dinas Pendidikan & Kebudayaan",
    ]


async def test_a_group_lost_before_the_notice_left_does_not_lose_the_notice(town: Town) -> None:
    await save(town, "/tenggat DINKES 30/12/2026 Laporan SKM")
    await unlink(town, "DINKES")
    await town.sends()

    assert "2. Laporan SKM" in town.last(town.people["budi"]).text


async def test_where_nobody_is_left_to_hear_it_the_item_stands_all_the_same(town: Town) -> None:
    await unlink(town, "DINKES")
    await end_all(town, "budi")
    receipt = await save(town, "/tenggat semua 30/12/2026 Laporan SKM")
    await town.sends()

    assert receipt.text.endswith("Belum ada yang dapat diberi tahu: DINKES.")
    assert await state(town, "DINKES", 2) is State.OPEN
    assert not town.telegram.refused


async def test_notices_leave_at_once_outside_the_window_too(town: Town) -> None:
    town.clock.now = wita(11, 28, 21, 0)
    await save(town, "/tenggat DINKES 30/12/2026 Laporan SKM")
    await town.sends()

    assert "2. Laporan SKM" in only(town, "DINKES").text


async def test_the_audit_log_names_the_change_and_no_title(town: Town) -> None:
    await save(town, "/tenggat DINKES 30/12/2026 Laporan SKM")

    async with town.desk.view() as session:
        entry = (await session.scalars(select(Audit).where(Audit.verb == "add"))).one()
        assert await audit.first_broken(session) is None
        texts = str([*(await session.scalars(select(Owed.facts)))])
    assert (entry.subject, entry.after["number"], entry.after["bundle"]) == ("DINKES", 2, 1)
    assert "Laporan" not in str(entry.after) + texts
