"""What may go wrong while messages follow the state, each by itself."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from bot import following
from bot.context import Context
from db.models import Living, Role
from demo.telegram import Message
from tests.test_following import OBSTACLE, letter_of, looks, reminded, says
from tests.town import Town, wita

SECRET = "https://contoh.kendarikota.go.id/rahasia.pdf"


async def test_a_dropped_item_stops_no_other_message(town: Town) -> None:
    coordinator = town.people["coordinator"]
    card = await town.says(town.people["sari"], "/daftar 3")
    reminder = await reminded(town)
    preview = await town.says(coordinator, "/hapus DIKBUD 3 tidak berlaku lagi tahun ini")
    await town.presses(coordinator, preview, "✅ Simpan")
    await says(town, "sari", "/done 1")
    await looks(town)

    assert reminder.buttons[0] == ["✅ 2"]
    assert card.buttons == [["📋 Daftar"]]


async def test_who_left_the_post_is_told_nothing_new(town: Town) -> None:
    dewi = town.people["dewi"]
    card = await town.says(dewi, "/daftar 3")
    said, buttons = card.text, card.buttons
    await town.says(town.people["sari"], "/akhiri operator")
    await town.presses(town.people["sari"], town.last(town.people["sari"]), "✅ Simpan")
    await says(town, "sari", f"/done 3 {SECRET}")
    await looks(town)

    assert card.text == said
    assert card.buttons == buttons


async def test_a_group_that_was_unlinked_is_told_nothing_new(town: Town) -> None:
    group = town.groups["DIKBUD"]
    card = await town.says(town.people["sari"], "/daftar 3", group)
    said = card.text
    await town.says(town.people["coordinator"], "/lepas", group)
    await town.says(town.people["sari"], f"/done 3 {SECRET}")
    await looks(town)

    assert card.text == said


async def test_a_group_is_told_nothing_new_of_another_opd(town: Town) -> None:
    card = await town.says(town.people["coordinator"], "/daftar DINKES 1", town.groups["DIKBUD"])
    said = card.text
    await town.says(town.people["budi"], f"/done 1 {SECRET}")
    await looks(town)

    assert card.text == said


async def test_one_who_still_works_for_the_opd_is(town: Town) -> None:
    card = await town.says(town.people["dewi"], "/daftar 3")
    await says(town, "sari", f"/done 3 {SECRET}")
    await looks(town)

    assert SECRET in card.text


async def test_who_moved_to_another_opd_is_told_nothing_new_of_the_first(town: Town) -> None:
    dewi = town.people["dewi"]
    await town.appoint(dewi, Role.OPERATOR, "DINKES")
    card = await town.says(dewi, "/daftar DIKBUD 3")
    said = card.text
    await town.says(town.people["sari"], "/akhiri operator")
    await town.presses(town.people["sari"], town.last(town.people["sari"]), "✅ Simpan")
    await says(town, "sari", f"/done 3 {SECRET}")
    await looks(town)

    assert said.startswith("3. Foto loket")
    assert card.text == said


async def test_a_group_that_the_opd_left_is_told_nothing_new(town: Town) -> None:
    old, sari, coordinator = town.groups["DIKBUD"], town.people["sari"], town.people["coordinator"]
    card = await town.says(sari, "/daftar 3", old)
    said = card.text
    new = town.telegram.group("Dikbud baru", creator=coordinator, members=[sari, town.bot])
    await town.says(coordinator, "/hubungkan DIKBUD", new)
    receipt = await town.says(sari, f"/done 3 {SECRET}", new)
    await looks(town)

    assert "dicatat" in receipt.text
    assert card.text == said


async def test_what_cannot_be_written_stops_no_other_message(town: Town) -> None:
    """An unknown kind, say, after the version before was put back."""
    card = await town.says(town.people["sari"], "/daftar 3")
    reminder = await reminded(town)
    async with town.desk.transaction() as session:
        await session.execute(update(Living).where(Living.kind == "card").values(kind="new"))
    await says(town, "sari", "/done 1, 3")
    await looks(town)
    await looks(town)

    assert reminder.buttons[0] == ["✅ 2"]
    assert card.text.splitlines()[0] == "3. Foto loket"


async def test_one_that_telegram_never_takes_holds_up_no_other(town: Town) -> None:
    first = await reminded(town)
    await town.at(wita(11, 25, 8, 0))
    second = town.said_in(town.groups["DIKBUD"])[-1]
    await says(town, "sari", "/done 1")
    town.telegram.refuses_next(502, "Bad Gateway", method="editMessageReplyMarkup")
    await looks(town)
    assert first.buttons[0] == second.buttons[0] == ["✅ 1", "✅ 2"]
    await town.later(seconds=30)

    assert first.buttons[0] == ["✅ 1", "✅ 2"]
    assert second.buttons[0] == ["✅ 2"]


async def test_a_button_pressed_away_comes_back_with_what_is_taken_back_at_once(town: Town) -> None:
    reminder = await reminded(town)
    await town.presses(town.people["sari"], reminder, "✅ 1")
    await says(town, "sari", "/batalkan 1")
    await looks(town)

    assert reminder.buttons[0] == ["✅ 1", "✅ 2"]


async def test_what_is_said_in_the_same_second_while_it_is_edited_is_not_lost(town: Town) -> None:
    reminder = await reminded(town)
    await says(town, "sari", "/done 1")
    said: list[Message] = []

    async def meanwhile(_bot: object, method: str, _params: object) -> None:
        if method == "editMessageReplyMarkup" and not said:
            town.clock.now -= timedelta(seconds=3)
            said.append(await says(town, "dewi", "/done 2"))
            town.clock.now += timedelta(seconds=3)

    town.telegram.arriving.append(meanwhile)
    town.clock.now += timedelta(seconds=3)
    await following.follow(Context(town.app))
    await looks(town)

    assert reminder.buttons == [["📋 Daftar", "⚠️ Kendala"]]


async def test_a_card_turned_into_a_list_while_another_is_edited_stays_one(town: Town) -> None:
    sari = town.people["sari"]
    await reminded(town)
    card = await town.says(sari, "/daftar 1")
    await says(town, "dewi", "/done 1")
    turned: list[str] = []

    async def meanwhile(_bot: object, method: str, _params: object) -> None:
        if method == "editMessageReplyMarkup" and not turned:
            turned.append("")
            await town.presses(sari, card, "📋 Daftar")
            turned.append(card.text)

    town.telegram.arriving.append(meanwhile)
    await looks(town)

    assert len(turned) == 2
    assert card.text == turned[1]


async def test_an_obstacle_that_grew_too_long_loses_its_buttons_all_the_same(town: Town) -> None:
    letter = await letter_of(town, "coordinator", OBSTACLE)
    for n in range(30):
        await town.says(town.people["sekda"], f"/jawab K1 {n} " + "kata " * 50)
    await looks(town)
    await town.says(town.people["sekda"], "/tutup K1 sudah masuk APBD-P")
    await looks(town)

    assert letter.buttons == []


async def test_a_card_turned_into_a_list_before_the_reason_came_stays_one(town: Town) -> None:
    coordinator = town.people["coordinator"]
    await says(town, "sari", "/done 3")
    card = await town.says(coordinator, "/daftar DIKBUD 3")
    await town.presses(coordinator, card, "↩️ Kembalikan")
    question = town.last(coordinator)
    await town.presses(coordinator, card, "📋 Daftar")
    listing = card.text
    await town.says(coordinator, "foto loket belum terlihat", reply_to=question)

    assert card.text == listing


async def test_one_turned_into_the_card_of_another_item_shows_that_one(town: Town) -> None:
    coordinator = town.people["coordinator"]
    await says(town, "sari", "/done 1, 3")
    card = await town.says(coordinator, "/daftar DIKBUD 3")
    await town.presses(coordinator, card, "↩️ Kembalikan")
    question = town.last(coordinator)
    await town.presses(coordinator, card, "📋 Daftar")
    await town.presses(coordinator, card, "🕓 1. Maklumat pelayanan")
    await town.says(coordinator, "foto loket belum terlihat", reply_to=question)

    assert card.text.startswith("1. Maklumat pelayanan")


async def test_the_second_part_of_a_long_card_is_not_written_anew(town: Town) -> None:
    """Also where the card has become short enough: only its buttons follow."""
    await town.item("DIKBUD", 4, "Panjang", wita(12, 30), evidence="Laporan " * 490)
    await says(town, "sari", "/kendala 4 anggaran: " + "belum tersedia " * 10)
    sari = town.people["sari"]
    listing = await town.says(sari, "/daftar")
    await town.presses(sari, listing, "⬜ 4. Panjang")
    first, second = town.said_to(sari)[-2:]
    before = first.text, second.text
    await town.says(town.people["sekda"], "/tutup K1")
    await says(town, "dewi", "/done 4")
    await looks(town)

    assert "K1" in before[0]
    assert (first.text, second.text) == before
    assert "✅ 4" not in str(second.buttons)


async def test_a_long_answer_to_a_command_is_not_written_anew(town: Town) -> None:
    await town.item("DIKBUD", 4, "Panjang", wita(12, 30), evidence="Laporan " * 490)
    await says(town, "sari", "/kendala 4 anggaran: " + "belum tersedia " * 10)
    sari = town.people["sari"]
    second = await town.says(sari, "/daftar 4")
    before = second.text
    await town.says(town.people["sekda"], "/tutup K1")
    await says(town, "dewi", "/done 4")
    await looks(town)

    assert before.startswith("Bukti yang diminta")
    assert second.text == before
    assert "✅ 4" not in str(second.buttons)


async def test_many_edits_in_one_chat_are_done_one_after_the_other(town: Town) -> None:
    group = town.groups["DIKBUD"]
    cards = [await town.says(town.people["sari"], "/daftar 3", group) for _ in range(4)]
    elsewhere = await town.says(town.people["coordinator"], "/daftar DIKBUD 3")
    await town.restarts()
    town.desk.pace.second = 1.0
    await town.says(town.people["dewi"], "/done 3")
    town.clock.now += timedelta(seconds=3)
    await following.follow(Context(town.app))

    assert ["menunggu verifikasi" in card.text for card in cards] == [True, False, False, False]
    assert "menunggu verifikasi" in elsewhere.text
