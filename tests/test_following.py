"""Messages follow the state, whoever changed it and wherever: as edits, which ring for nobody."""

from __future__ import annotations

import httpx

from bot import following
from bot.context import Context
from db.models import Role
from demo.telegram import Message
from tests.town import Town, wita

OBSTACLE = "/kendala 3 anggaran: belum tersedia tahun ini"
LATER = "/perpanjang 3 15/1/2027 menunggu pengesahan APBD"


def edits(town: Town) -> int:
    return sum(call.method.startswith("editMessage") for call in town.telegram.calls)


async def looks(town: Town) -> None:
    """A few seconds later."""
    await town.later(seconds=3)


async def reminded(town: Town) -> Message:
    await town.minute()
    return town.said_in(town.groups["DIKBUD"])[-1]


async def says(town: Town, who: str, text: str) -> Message:
    return await town.says(town.people[who], text, town.groups["DIKBUD"])


async def letter_of(town: Town, who: str, text: str) -> Message:
    """What they hear in private of what the secretary says in the group."""
    await says(town, "sari", text)
    await town.sends()
    return town.said_to(town.people[who])[-1]


# buttons


async def test_the_buttons_of_a_reminder_follow_what_is_typed(town: Town) -> None:
    reminder = await reminded(town)
    said = reminder.text
    await says(town, "sari", "/done 1")
    await looks(town)

    assert reminder.buttons == [["✅ 2"], ["📋 Daftar", "⚠️ Kendala"]]
    assert reminder.text == said


async def test_they_come_back_with_what_is_taken_back(town: Town) -> None:
    reminder = await reminded(town)
    await says(town, "sari", "/done 1, 2")
    await looks(town)
    assert reminder.buttons == [["📋 Daftar", "⚠️ Kendala"]]
    await says(town, "sari", "/batalkan 2")
    await looks(town)

    assert reminder.buttons[0] == ["✅ 2"]


async def test_those_of_every_reminder_of_the_last_days_follow(town: Town) -> None:
    first = await reminded(town)
    await town.at(wita(11, 25, 8, 0))
    second = town.said_in(town.groups["DIKBUD"])[-1]
    assert first is not second
    assert first.buttons[0] == second.buttons[0] == ["✅ 1", "✅ 2"]
    await says(town, "sari", "/done 2")
    await looks(town)

    assert first.buttons[0] == second.buttons[0] == ["✅ 1"]


async def test_what_is_said_one_after_the_other_changes_a_message_once(town: Town) -> None:
    await reminded(town)
    for number in (1, 2, 3):
        await says(town, "dewi", f"/done {number}")
    before = edits(town)
    await looks(town)
    await looks(town)

    assert edits(town) - before == 1


async def test_a_press_that_took_its_own_button_away_needs_no_second_edit(town: Town) -> None:
    reminder = await reminded(town)
    await town.presses(town.people["sari"], reminder, "✅ 1")
    before = edits(town)
    await looks(town)

    assert edits(town) == before
    assert reminder.buttons[0] == ["✅ 2"]


async def test_nothing_is_edited_where_nothing_changed(town: Town) -> None:
    await reminded(town)
    before = edits(town)
    await town.says(town.people["budi"], "/done 1", town.groups["DINKES"])
    await says(town, "sari", "/done 3")  # which no reminder names
    await looks(town)

    assert edits(town) == before


async def test_the_digest_asks_no_more_what_was_decided_elsewhere(town: Town) -> None:
    letter = await letter_of(town, "coordinator", LATER)
    await town.at(wita(11, 26, 16, 0))
    digest = town.said_to(town.people["sekda"])[-1]
    assert digest.buttons[0] == ["🗓 DIKBUD 3", "👍 Setujui", "👎 Tolak"]
    await town.presses(town.people["coordinator"], letter, "👎 Tolak")
    await looks(town)

    assert digest.buttons[0] == ["🗓 DIKBUD 3"]


# what shows one thing


async def test_an_obstacle_that_is_closed_elsewhere_shows_it_and_asks_nothing(town: Town) -> None:
    letter = await letter_of(town, "coordinator", OBSTACLE)
    assert "✔️ Tutup" in letter.buttons[0]
    await town.says(town.people["sekda"], "/tutup K1 sudah masuk APBD-P")
    await looks(town)

    assert "✔️ Ditutup oleh Hasan Basri" in letter.text
    assert letter.buttons == []


async def test_one_that_was_passed_on_shows_the_answer_of_the_sekda(town: Town) -> None:
    letter = await letter_of(town, "coordinator", OBSTACLE)
    await town.presses(town.people["coordinator"], letter, "⬆️ Teruskan ke Sekda")
    await town.sends()
    theirs = town.said_to(town.people["sekda"])[-1]
    await town.says(town.people["sekda"], "/jawab K1 saya bicarakan dengan BPKAD")
    await looks(town)

    for shown in (letter, theirs):
        assert "saya bicarakan dengan BPKAD" in shown.text
        assert shown.buttons == [["💬 Jawab", "✔️ Tutup"]]


async def test_a_request_that_another_decided_shows_it(town: Town) -> None:
    second = town.telegram.person("Maya Anggraini")
    await town.appoint(second, Role.COORDINATOR)
    letter = await letter_of(town, "coordinator", LATER)
    other = town.said_to(second)[-1]
    await town.presses(second, other, "👍 Setujui")
    await looks(town)

    assert "Maya Anggraini" in letter.text
    assert letter.buttons == []


async def test_a_receipt_misses_no_evidence_that_was_handed_in_in_private(town: Town) -> None:
    receipt = await says(town, "sari", "/done 2")
    assert "📎 Bukti belum ada: butir 2." in receipt.text
    assert receipt.buttons[0] == ["📎 Lampirkan"]
    lines = receipt.text.splitlines()
    await town.says(town.people["sari"], "/bukti 2 https://contoh.kendarikota.go.id/skm.pdf")
    await looks(town)

    assert "Bukti belum ada" not in receipt.text
    assert receipt.buttons == [["📋 Daftar", "↩️ Batalkan"]]
    assert [line for line in lines if "Bukti" not in line] == receipt.text.splitlines()


async def test_an_instruction_shows_who_acknowledged_it_under_the_reminder(town: Town) -> None:
    await town.says(town.people["coordinator"], "/instruksi DIKBUD besok 12.00 Kirim data SPM")
    preview = town.last(town.people["coordinator"])
    await town.presses(town.people["coordinator"], preview, "✅ Simpan")
    await town.sends()
    instruction = town.said_in(town.groups["DIKBUD"])[-1]
    assert instruction.buttons[0] == ["✋ Diterima"]
    await town.at(wita(11, 25, 8, 0))
    reminder = town.said_in(town.groups["DIKBUD"])[-1]
    await town.presses(town.people["sari"], reminder, "✋ I1")
    await looks(town)

    assert "Sari Wulandari" in instruction.text
    assert instruction.buttons == []


# cards


async def test_a_card_shows_what_was_pressed_on_it(town: Town) -> None:
    card = await town.says(town.people["sari"], "/daftar 3")
    await town.presses(town.people["sari"], card, "✅ 3")

    assert "menunggu verifikasi, dikonfirmasi Sari Wulandari" in card.text
    assert card.buttons[0] == ["↩️ Batalkan"]
    assert ": dicatat" in town.last(town.people["sari"]).text


async def test_a_card_shows_what_became_of_it_by_others(town: Town) -> None:
    card = await town.says(town.people["sari"], "/daftar 3")
    await says(town, "dewi", "/done 3")
    await town.says(town.people["coordinator"], "/verifikasi DIKBUD 3")
    await looks(town)

    assert "terverifikasi" in card.text
    assert card.buttons == [["📋 Daftar"]]


async def test_the_card_that_a_coordinator_verified_asks_it_no_more(town: Town) -> None:
    coordinator = town.people["coordinator"]
    await says(town, "sari", "/done 3")
    card = await town.says(coordinator, "/daftar DIKBUD 3")
    assert card.buttons[0] == ["✅ Verifikasi", "↩️ Kembalikan"]
    await town.presses(coordinator, card, "✅ Verifikasi")

    assert "terverifikasi" in card.text
    assert card.buttons[0] == ["↩️ Kembalikan"]


async def test_the_card_from_which_a_reason_was_asked_shows_the_return(town: Town) -> None:
    coordinator = town.people["coordinator"]
    await says(town, "sari", "/done 3")
    card = await town.says(coordinator, "/daftar DIKBUD 3")
    await town.presses(coordinator, card, "↩️ Kembalikan")
    question = town.last(coordinator)
    await town.says(coordinator, "foto loket belum terlihat", reply_to=question)

    assert "dikembalikan untuk perbaikan" in card.text
    assert card.buttons[0] == ["➖ Tidak relevan"]


async def test_a_card_that_was_turned_into_a_list_stays_one(town: Town) -> None:
    sari = town.people["sari"]
    card = await town.says(sari, "/daftar 3")
    await town.presses(sari, card, "📋 Daftar")
    listing = card.text
    await says(town, "dewi", "/done 3")
    await looks(town)

    assert card.text == listing


# trouble


async def test_what_telegram_does_not_take_is_tried_again_in_a_minute(town: Town) -> None:
    reminder = await reminded(town)
    await says(town, "sari", "/done 1")
    town.telegram.refuses_next(502, "Bad Gateway", method="editMessageReplyMarkup")
    await looks(town)
    assert reminder.buttons[0] == ["✅ 1", "✅ 2"]
    await town.later(minutes=1)

    assert reminder.buttons[0] == ["✅ 2"]


async def test_an_edit_whose_answer_was_lost_is_done_once_more_in_vain(town: Town) -> None:
    reminder = await reminded(town)
    await says(town, "sari", "/done 1")
    town.telegram.cuts_next(httpx.ReadTimeout(""), after=True, method="editMessageReplyMarkup")
    await looks(town)
    await town.later(minutes=1)
    before = edits(town)
    await town.later(minutes=1)

    assert reminder.buttons[0] == ["✅ 2"]
    assert edits(town) == before


async def test_a_message_that_is_gone_is_left_alone_for_good(town: Town) -> None:
    await reminded(town)
    town.telegram.refuses_next(
        400, "Bad Request: message to edit not found", method="editMessageReplyMarkup"
    )
    await says(town, "sari", "/done 1")
    await looks(town)
    before = edits(town)
    await says(town, "sari", "/done 2")
    await looks(town)

    assert edits(town) == before


async def test_after_a_restart_it_follows_all_the_same(town: Town) -> None:
    reminder = await reminded(town)
    await says(town, "sari", "/done 1")
    await town.restarts()
    await looks(town)

    assert reminder.buttons[0] == ["✅ 2"]


async def test_a_change_while_it_is_edited_is_not_lost(town: Town) -> None:
    reminder = await reminded(town)
    await says(town, "sari", "/done 1")
    said: list[Message] = []

    async def meanwhile(_bot: object, method: str, _params: object) -> None:
        if method == "editMessageReplyMarkup" and not said:
            said.append(await says(town, "dewi", "/done 2"))

    town.telegram.arriving.append(meanwhile)
    town.clock.now = wita(11, 24, 10, 1)
    await following.follow(Context(town.app))
    await looks(town)

    assert reminder.buttons == [["📋 Daftar", "⚠️ Kendala"]]
