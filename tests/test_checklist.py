"""The list of an OPD as pages of buttons, and the card of an item."""

from __future__ import annotations

from db.models import Role, State
from tests.questions import state
from tests.town import Town, wita


async def test_the_list_counts_and_offers_every_item(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    await town.says(sari, "/done 3", to=dikbud)
    listing = await town.says(sari, "/daftar", to=dikbud)

    assert "Dikonfirmasi 1 dari 3 butir · lewat tenggat 1" in listing.text
    assert listing.buttons == [
        ["⏰ 1. Maklumat pelayanan"],
        ["⬜ 2. Survei kepuasan <SKM>"],
        ["🕓 3. Foto loket"],
    ]


async def test_a_press_opens_the_card_in_place_and_the_way_back(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    listing = await town.says(sari, "/daftar", to=dikbud)
    await town.presses(sari, listing, "⬜ 2. Survei kepuasan <SKM>")

    assert listing.text.startswith("2. Survei kepuasan <SKM>\nDinas Pendidikan & Kebudayaan\n")
    assert "Bukti yang diminta: Laporan SKM" in listing.text
    assert listing.buttons == [
        ["✅ 2"],
        ["📎 Lampirkan"],
        ["⚠️ Kendala", "🗓 Minta perpanjangan"],
        ["📋 Daftar"],
    ]
    await town.presses(sari, listing, "📋 Daftar")
    assert listing.text.startswith("📋 Dinas Pendidikan & Kebudayaan")


async def test_the_card_tells_the_history(town: Town) -> None:
    sari = town.people["sari"]
    await town.says(sari, "/done 3 semua loket sudah difoto")
    await town.says(town.people["coordinator"], "/kembalikan DIKBUD 3 loket kedua belum tampak")
    card = await town.says(sari, "/daftar 3")

    assert card.text.endswith(
        "Riwayat:\n"
        "24 Nov 10.00 dikembalikan, Rudi Hartono: loket kedua belum tampak\n"
        "24 Nov 10.00 dikonfirmasi, Sari Wulandari: semua loket sudah difoto"
    )


async def test_a_deadline_set_in_another_zone_is_shown_in_both(town: Town) -> None:
    await town.item(
        "DIKBUD", 4, "Unggah SIPPN", wita(12, 31, 0, 59), due_zone="Asia/Jakarta"
    )  # fmt: skip
    card = await town.says(town.people["sari"], "/daftar 4")

    assert "Tenggat: 30 Desember 2026 pukul 23.59 WIB (31 Desember 2026 pukul 00.59 WITA)" in (
        card.text
    )


async def test_many_items_come_in_pages(town: Town) -> None:
    for number in range(4, 26):
        await town.item("DIKBUD", number, f"Butir {number}", wita(12, 30))
    sari = town.people["sari"]
    listing = await town.says(sari, "/daftar")
    await town.presses(sari, listing, "▶️")

    assert listing.buttons[0] == ["⬜ 11. Butir 11"]
    assert listing.buttons[-1] == ["◀️", "▶️"]
    await town.presses(sari, listing, "▶️")
    assert listing.buttons[-2:] == [["⬜ 25. Butir 25"], ["◀️"]]


async def test_anyone_may_look_in_the_group_but_not_elsewhere(town: Town) -> None:
    stranger, dikbud = town.people["stranger"], town.groups["DIKBUD"]
    listing = await town.says(stranger, "/daftar", to=dikbud)
    await town.presses(stranger, listing, "⬜ 3. Foto loket")
    assert listing.text.startswith("3. Foto loket")
    assert listing.buttons == [["📋 Daftar"]]

    other = await town.says(stranger, "/daftar DINKES", to=dikbud)
    private = await town.says(stranger, "/daftar DIKBUD")

    assert other.text.startswith("Hanya untuk sekretaris, kepala")
    assert private.text.startswith("Hanya untuk sekretaris, kepala")


async def test_posts_of_the_city_look_everywhere(town: Town) -> None:
    for name in ("coordinator", "sekda", "auditor"):
        listing = await town.says(town.people[name], "/daftar DINKES")

        assert listing.text.startswith("📋 Dinas Kesehatan")


async def test_the_coordinator_verifies_from_the_card(town: Town) -> None:
    await town.says(town.people["sari"], "/done 3")
    card = await town.says(town.people["coordinator"], "/daftar DIKBUD 3")
    assert card.buttons == [["✅ Verifikasi", "↩️ Kembalikan"], ["📋 Daftar"]]

    await town.presses(town.people["coordinator"], card, "✅ Verifikasi")

    assert await state(town, "DIKBUD", 3) is State.VERIFIED


async def test_an_item_that_is_not_there_is_told_so(town: Town) -> None:
    answer = await town.says(town.people["sari"], "/daftar 77")

    assert answer.text.startswith("Butir 77 tidak ada di daftar Dinas Pendidikan & Kebudayaan.")


async def test_who_holds_two_opd_is_asked_which_list(town: Town) -> None:
    await town.appoint(town.people["sari"], Role.OPERATOR, "DINKES")
    question = await town.says(town.people["sari"], "/daftar")
    await town.presses(town.people["sari"], question, "Dinas Kesehatan")

    assert town.last(town.people["sari"]).text.startswith("📋 Dinas Kesehatan")
