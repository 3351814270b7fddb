"""A coordinator moves deadlines and drops items: one, several, a bundle, a programme."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from db import audit
from db.models import Audit, Draft, Heard, Indicator, Item, Opd, Programme, Role, State
from demo.telegram import Person
from tests import golden
from tests.coordinating import (
    DISCARD,
    SAVE,
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


async def test_moving_shows_before_and_after_and_the_days_of_reminders(town: Town) -> None:
    preview = await town.says(
        town.people["coordinator"],
        "/ubah DIKBUD 1-3, 9 15 Januari 2027 16.00 WIB Masa <sanggah> diperpanjang",
    )

    golden.check("move-preview", shown(preview))
    assert await due(town, "DIKBUD", 1) == wita(11, 20)


async def test_saving_moves_and_the_group_hears_once(town: Town) -> None:
    receipt = await save(town, "/ubah DIKBUD 1-3, 9 15/1/2027 Masa <sanggah> diperpanjang")
    await town.sends()

    golden.check("moved", shown(receipt))
    golden.check("moved-notice", shown(only(town, "DIKBUD")))
    assert {await due(town, "DIKBUD", n) for n in (1, 2, 3)} == {wita(1, 15, year=2027)}
    assert not town.said_in(town.groups["DINKES"])


async def test_the_first_deadline_is_kept_and_an_import_will_leave_it(town: Town) -> None:
    await save(town, "/ubah DIKBUD 3 15/1/2027")
    card = await town.says(town.people["sari"], "/daftar 3")

    assert "Tenggat semula: 30 Desember 2026 pukul 23.59 WITA" in card.text
    async with town.desk.view() as session:
        query = select(Item.moved_by_hand).join(Item.opd).where(Opd.code == "DIKBUD")
        assert (await session.scalars(query.order_by(Item.number))).all() == [False, False, True]


async def test_what_is_confirmed_keeps_its_deadline_and_is_named(town: Town) -> None:
    await town.says(town.people["sari"], "/done 1, 2")
    await town.says(town.people["coordinator"], "/verifikasi DIKBUD 2")
    preview = await town.says(town.people["coordinator"], "/ubah DIKBUD 1-3 15/1/2027")
    await town.presses(town.people["coordinator"], preview, SAVE)

    assert "Tidak diubah: 1, sudah dikonfirmasi." in preview.earlier[-1]
    assert "Tidak diubah: 2, sudah terverifikasi." in preview.earlier[-1]
    assert await due(town, "DIKBUD", 1) == wita(11, 20)
    assert await due(town, "DIKBUD", 3) == wita(1, 15, year=2027)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("", "Untuk OPD mana?"),
        ("DINKES", "Butir mana yang dimaksud?"),
        ("DINKES besok", "tidak terbaca sebagai nomor butir"),
        ("semua 1 besok", "“SEMUA” tidak dikenal"),
        ("DINKES 1", "Tanggalnya belum ada."),
        ("DINKES 1 kemarin", "“kemarin” tidak terbaca sebagai tanggal."),
        ("DINKES 1 20/11/2026", "sudah lewat"),
        ("DINKES 3-1 besok", "terbalik"),
        ("DINKES 1-999 besok", "Paling banyak 200 butir"),
        ("DINKES 9 besok", "Tidak ada yang dapat diubah pada DINKES: butir 9 tidak ada di daftar."),
        (
            "DIKBUD 8, 9 besok",
            "Tidak ada yang dapat diubah pada DIKBUD: 2 butir tidak ada di daftar.",
        ),
        ("DINKES 1 30/12/2026", "butir 1 tenggatnya sudah demikian."),
        ("DINKS 1 besok", "“DINKS” tidak dikenal"),
        ("T9 besok", "T9 tidak ada."),
        ("T999999999 besok", "T999999999 tidak ada."),
        ("PEKPPP-2026 besok", "“PEKPPP-2026” tidak dikenal"),
        ("DINKES 1 30/12/2027 " + "x" * 301, "Paling banyak 300 huruf"),
    ],
)
async def test_what_cannot_be_moved_is_refused_in_a_sentence(
    town: Town, said: str, answer: str
) -> None:
    refusal = await town.says(town.people["coordinator"], f"/ubah {said}")

    assert answer in refusal.text
    assert not refusal.buttons
    assert not town.telegram.refused
    assert await rows(town, Draft) == 0


async def test_a_bundle_moves_in_every_opd_and_each_hears_once(town: Town) -> None:
    await save(town, "/tenggat semua 30/12/2026 Laporan SKM")
    await town.sends()
    receipt = await save(town, "/ubah t1 15/1/2027 Aplikasi belum siap")
    await town.sends()

    golden.check("bundle-moved", shown(receipt))
    for code, number in (("DIKBUD", 4), ("DINKES", 2)):
        assert "Menjadi: 15 Januari 2027 pukul 23.59 WITA" in said_last(town, code).text
        assert await due(town, code, number) == wita(1, 15, year=2027)
        assert len(town.said_in(town.groups[code])) == 2


async def test_a_moved_deadline_is_reminded_of_by_its_own_stages(town: Town) -> None:
    await save(town, "/ubah DIKBUD 1-3 15/1/2027")
    await town.sends()
    for day in (25, 26, 27):
        await town.at(wita(11, day, 8, 0))
    assert len(town.said_in(town.groups["DIKBUD"])) == 1

    await town.at(wita(12, 31, 8, 0))

    assert "⏰" in said_last(town, "DIKBUD").text


async def test_a_deadline_moved_near_is_not_reminded_of_on_the_same_day(town: Town) -> None:
    await save(town, "/ubah DINKES 1 26/11/2026")
    await town.minute()
    assert "Tenggat diubah" in only(town, "DINKES").text

    await town.at(wita(11, 25, 8, 0))

    assert said_last(town, "DINKES").text.startswith("⏰")
    assert await rows(town, Heard) > 0


async def test_what_was_confirmed_since_the_preview_is_not_moved_and_told_so(town: Town) -> None:
    rudi = town.people["coordinator"]
    preview = await town.says(rudi, "/ubah DIKBUD 1-3 15/1/2027")
    await town.says(town.people["sari"], "/done 2")
    await town.presses(rudi, preview, SAVE)

    assert "Tidak diubah: 2, sudah dikonfirmasi." in preview.text
    assert "2. Survei" not in preview.text
    assert await due(town, "DIKBUD", 2) == wita(11, 24)
    assert await due(town, "DIKBUD", 3) == wita(1, 15, year=2027)


async def test_where_all_was_confirmed_since_nothing_is_saved(town: Town) -> None:
    rudi = town.people["coordinator"]
    preview = await town.says(rudi, "/ubah DINKES 1 15/1/2027")
    await town.says(town.people["budi"], "/done 1")
    seen = await town.presses(rudi, preview, SAVE)

    assert seen.text == "Tidak ada yang dapat diubah pada DINKES: butir 1 sudah dikonfirmasi."
    assert await count(town, "move") == 0
    await town.presses(rudi, preview, DISCARD)
    assert preview.text.startswith("Tidak disimpan.")


async def test_what_was_dropped_since_the_preview_is_not_moved(town: Town) -> None:
    rudi, maya = town.people["coordinator"], await second_coordinator(town)
    preview = await town.says(rudi, "/ubah DIKBUD 2, 3 15/1/2027")
    await save(town, "/hapus DIKBUD 3 sudah tidak berlaku", "second")
    await town.presses(rudi, preview, SAVE)

    assert maya
    assert "Tidak diubah: 3, sudah dihapus." in preview.text
    assert await state(town, "DIKBUD", 3) is State.DROPPED


async def test_two_coordinators_at_once_both_move_and_the_group_hears_how_it_stands(
    town: Town,
) -> None:
    rudi, maya = town.people["coordinator"], await second_coordinator(town)
    one = await town.says(rudi, "/ubah DINKES 1 15/1/2027")
    two = await town.says(maya, "/ubah DINKES 1 20/1/2027")
    await town.presses(rudi, one, SAVE)
    await town.presses(maya, two, SAVE)
    await town.sends()

    assert "Semula: 15 Januari 2027" in two.text
    assert "Menjadi: 20 Januari 2027" in only(town, "DINKES").text
    assert await due(town, "DINKES", 1) == wita(1, 20, year=2027)


async def test_a_move_saved_twice_and_heard_twice_is_one(town: Town) -> None:
    rudi = town.people["coordinator"]
    preview = await town.says(rudi, "/ubah DIKBUD 1, 2 15/1/2027")
    data = preview.button(SAVE)["callback_data"]
    rudi.forges(preview, data)
    rudi.forges(preview, data)
    await town.hears_but_dies()
    receipt = preview.text
    await town.restarts()
    await town.hears()
    await town.sends()

    assert preview.text == receipt
    assert await count(town, "move") == 2
    assert only(town, "DIKBUD")


async def test_a_command_heard_again_after_its_saving_is_answered_with_the_receipt(
    town: Town,
) -> None:
    rudi = town.people["coordinator"]
    for command in ("/ubah DIKBUD 1 15/1/2027", "/hapus DIKBUD 2 tidak berlaku"):
        rudi.says(command, to=town.bot)
        await town.hears_but_dies()
        preview = town.last(rudi)
        rudi.presses(preview, SAVE)
        await town.hears_but_dies()  # the press, while the command is not acknowledged yet
        await town.hears()

        assert town.last(rudi).text == preview.text
    assert (await count(town, "move"), await count(town, "drop")) == (1, 1)


async def test_only_the_author_saves_a_move(town: Town) -> None:
    rudi, dikbud = town.people["coordinator"], town.groups["DIKBUD"]
    preview = await town.says(rudi, "/ubah DIKBUD 1 15/1/2027", to=dikbud)
    seen = await town.presses(town.people["sari"], preview, SAVE)

    assert seen.text == "Hanya pengirim perintah yang dapat menekan tombol di sini."
    assert await refused(town) == [(town.people["sari"].id, "save")]
    assert await due(town, "DIKBUD", 1) == wita(11, 20)


async def test_dropping_shows_what_and_why_and_that_some_is_confirmed(town: Town) -> None:
    await town.says(town.people["sari"], "/done 1")
    preview = await town.says(
        town.people["coordinator"], "/hapus DIKBUD 1, 3, 9 sama dengan <butir> 2"
    )

    golden.check("drop-preview", shown(preview))
    assert await state(town, "DIKBUD", 3) is State.OPEN


async def test_saving_drops_and_the_group_hears_why(town: Town) -> None:
    await town.says(town.people["sari"], "/done 1")
    receipt = await save(town, "/hapus DIKBUD 1, 3 sama dengan <butir> 2")
    await town.sends()

    golden.check("dropped", shown(receipt))
    golden.check("dropped-notice", shown(only(town, "DIKBUD")))
    assert await state(town, "DIKBUD", 1) is State.DROPPED
    listing = await town.says(town.people["sari"], "/daftar")
    assert "Dikonfirmasi 0 dari 1 butir" in listing.text


async def test_what_was_confirmed_since_the_preview_is_not_dropped_unseen(town: Town) -> None:
    rudi = town.people["coordinator"]
    preview = await town.says(rudi, "/hapus DIKBUD 2, 3 tidak berlaku")
    await town.says(town.people["sari"], "/done 2")
    await town.presses(rudi, preview, SAVE)

    assert "Tidak diubah: 2, sudah dikonfirmasi." in preview.text
    assert await state(town, "DIKBUD", 2) is State.SUBMITTED
    assert await state(town, "DIKBUD", 3) is State.DROPPED


async def test_a_bundle_is_dropped_as_a_whole(town: Town) -> None:
    await save(town, "/tenggat semua 30/12/2026 Laporan SKM")
    await town.says(town.people["budi"], "/done 2")
    receipt = await save(town, "/hapus T1 diganti tahun depan")
    await town.sends()

    assert receipt.text.startswith("Butir T1 dihapus\nLaporan SKM\n2 butir: semua 2 OPD")
    assert await state(town, "DIKBUD", 4) is State.DROPPED
    assert await state(town, "DINKES", 2) is State.DROPPED
    again = await town.says(town.people["coordinator"], "/hapus T1 sekali lagi")
    assert again.text == "Tidak ada yang dapat diubah pada T1: semua butirnya sudah dihapus."


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("", "Untuk OPD mana?"),
        ("DINKES", "Butir mana yang dimaksud?"),
        ("DINKES 1", "Tuliskan alasannya di belakang. Contoh: /hapus DINKES 3"),
        ("DINKES 9 salah ketik", "butir 9 tidak ada di daftar."),
        ("T1 salah ketik", "T1 tidak ada."),
        ("semua 1 salah ketik", "“SEMUA” tidak dikenal"),
        ("DINKES 1 " + "x" * 301, "Paling banyak 300 huruf"),
    ],
)
async def test_what_cannot_be_dropped_is_refused_in_a_sentence(
    town: Town, said: str, answer: str
) -> None:
    refusal = await town.says(town.people["coordinator"], f"/hapus {said}")

    assert answer in refusal.text
    assert await state(town, "DINKES", 1) is State.OPEN
    assert await rows(town, Draft) == 0


async def test_a_reason_that_may_begin_with_a_number_is_asked_about(town: Town) -> None:
    rudi = town.people["coordinator"]
    question = await town.says(rudi, "/hapus DIKBUD 1 3 komponen sudah dihapus")
    assert question.buttons == [
        ["1, catatan: 3 komponen sudah dihapus"],
        ["1, 3, catatan: komponen sudah dihapus"],
        ["✖️ Batal"],
    ]

    await town.presses(rudi, question, question.buttons[0][0])
    preview = town.last(rudi)
    assert "Alasan: 3 komponen sudah dihapus" in preview.text
    await town.presses(rudi, preview, SAVE)

    assert await state(town, "DIKBUD", 1) is State.DROPPED
    assert await state(town, "DIKBUD", 3) is State.OPEN


async def test_a_programme_is_not_dropped_by_a_command(town: Town) -> None:
    await programme(town, "PEKPPP-2026", 2, "DINKES")
    refusal = await town.says(town.people["coordinator"], "/hapus pekppp-2026 tidak jadi")

    assert refusal.text.startswith("Program tidak dihapus dengan perintah.")


async def test_an_item_that_is_not_relevant_keeps_its_deadline(town: Town) -> None:
    async with town.desk.transaction() as session:
        item = await session.scalar(select(Item).where(Item.title == "Foto loket"))
        item.state = State.NOT_APPLICABLE
    refusal = await town.says(town.people["coordinator"], "/ubah DIKBUD 3 15/1/2027")

    assert refusal.text.endswith("butir 3 tidak relevan.")


async def test_without_a_group_the_secretary_hears_of_moves_and_drops(town: Town) -> None:
    await unlink(town, "DINKES")
    budi = town.people["budi"]
    await save(town, "/ubah DINKES 1 15/1/2027")
    await town.sends()
    assert "Tenggat diubah" in town.last(budi).text

    await save(town, "/hapus DINKES 1 tidak berlaku")
    await town.sends()

    assert "Dihapus dari daftar" in town.last(budi).text


async def test_a_programme_moves_in_44_opd_at_once(bare_town: Town) -> None:
    town, rudi = bare_town, await city_of_44(bare_town)
    preview = await town.says(rudi, "/ubah pekppp-2026 15/1/2027 Jadwal nasional bergeser")
    golden.check("programme-move-preview", shown(preview))
    await town.presses(rudi, preview, SAVE)
    await town.sends()

    golden.check("programme-moved", shown(preview))
    notices = [m for m in town.telegram.transcript if "Tenggat diubah" in m.text]
    assert len(notices) == len({m.chat.id for m in notices}) == 44
    golden.check("programme-moved-notice", shown(notices[0]))
    async with town.desk.view() as session:
        assert set(await session.scalars(select(Item.due_at))) == {wita(1, 15, year=2027)}
        assert len((await session.scalars(select(Audit).where(Audit.verb == "move"))).all()) == 44
        assert await audit.first_broken(session) is None
    assert await count(town, "move") == 44 * 31
    assert not town.telegram.refused


async def test_an_item_for_44_opd_is_one_command(bare_town: Town) -> None:
    town, rudi = bare_town, await city_of_44(bare_town)
    preview = await town.says(rudi, "/tenggat semua 30/12/2026 Laporan SKM triwulan IV")
    assert "Untuk: semua 44 OPD" in preview.text
    await town.presses(rudi, preview, SAVE)
    await town.sends()

    assert "Nomor butir: 32" in preview.text
    assert sum("Butir baru" in m.text for m in town.telegram.transcript) == 44
    assert not town.telegram.refused


async def due(town: Town, code: str, number: int) -> datetime:
    async with town.desk.view() as session:
        query = select(Item.due_at).join(Item.opd).where(Opd.code == code, Item.number == number)
        return (await session.scalars(query)).one()


async def programme(town: Town, code: str, items: int, opd: str = "") -> None:
    """Its indicators, as items of every OPD (or of one), all due on 30 December."""
    at = wita(12, 30)
    async with town.desk.transaction() as session:
        found = Programme(code=code)
        session.add(found)
        await session.flush()
        blank = {"code": "", "aspect": "", "evidence": "", "evidence_form": "", "lead_time": ""}
        blank |= {"evidence_freshness": ""}
        weights = {"aspect_weight": 0, "weight_in_aspect": 0}
        indicators = [
            Indicator(programme_id=found.id, number=n, title=f"Indikator {n}", **blank, **weights)
            for n in range(1, items + 1)
        ]
        session.add_all(indicators)
        await session.flush()
        for one in await session.scalars(select(Opd).where(Opd.code.contains(opd))):
            session.add_all(
                Item(
                    opd_id=one.id,
                    number=100 * bool(opd) + indicator.number,
                    title=indicator.title,
                    indicator_id=indicator.id,
                    due_at=at,
                    first_due_at=at,
                    due_zone="Asia/Makassar",
                )
                for indicator in indicators
            )


async def city_of_44(town: Town) -> Person:
    """44 OPD with a group and 31 items each. The coordinator."""
    rudi = town.telegram.person("Rudi Hartono")
    await town.appoint(rudi, Role.COORDINATOR)
    for n in range(1, 45):
        await town.opd(f"OPD-{n:02}", f"Dinas Nomor {n}")
        await town.group(f"OPD-{n:02}", f"Grup {n}", rudi)
    await programme(town, "PEKPPP-2026", 31)
    return rudi
