"""Complaints from SP4N-LAPOR: two items with their deadlines, known by a reference alone."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from config import sp4n
from config.sp4n import Kind
from db.models import Audit, Bundle, Complaint, Item, Opd, Role, State
from tests import golden
from tests.coordinating import UNDO, items, only, rows, said_last, shown, unlink
from tests.questions import count, state
from tests.town import Town, wita

BIASA = "/aduan DINKES biasa 1234567"


async def filed(town: Town, code: str) -> list[tuple[int, str, object]]:
    """The items of complaints in an OPD, as they are there."""
    async with town.desk.view() as session:
        query = select(Item.number, Item.title, Item.due_at).join(Item.opd)
        query = query.where(Opd.code == code, Item.title.startswith("Aduan"))
        query = query.where(Item.state != State.DROPPED).order_by(Item.number)
        return [tuple(row) for row in await session.execute(query)]


def test_the_deadlines_are_data_with_a_source() -> None:
    assert sp4n.kinds() == {
        "informasi": Kind("informasi", 3, 5),
        "biasa": Kind("biasa", 3, 14),
        "pengawasan": Kind("pengawasan", 3, 60),
    }
    assert "PermenPANRB 62/2018" in (sp4n.__doc__ or "")


async def test_a_complaint_is_two_items_and_the_group_hears_at_once(town: Town) -> None:
    receipt = await town.says(town.people["coordinator"], BIASA)
    await town.sends()

    golden.check("complaint", shown(receipt))
    golden.check("complaint-notice", shown(only(town, "DINKES")))
    assert await filed(town, "DINKES") == [
        (2, "Aduan SP4N-LAPOR 1234567 (biasa): verifikasi", wita(11, 27)),
        (3, "Aduan SP4N-LAPOR 1234567 (biasa): jawab", wita(12, 17)),
    ]
    async with town.desk.view() as session:
        query = select(Audit.verb, Audit.user_id, Audit.after).where(
            Audit.subject == "aduan:1234567"
        )
        [(verb, user, after)] = await session.execute(query)
    assert (verb, user) == ("complain", town.people["coordinator"].id)
    assert after == {"opd": "DINKES", "kind": "biasa", "bundle": 1}


@pytest.mark.parametrize(
    ("kind", "verify", "answer"),
    [
        ("informasi", wita(8, 26), wita(9, 2)),
        ("biasa", wita(8, 26), wita(9, 15)),
        ("pengawasan", wita(8, 26), wita(11, 18)),
    ],
)
async def test_days_are_working_days_after_the_day_on_which_it_came(
    town: Town, kind: str, verify: object, answer: object
) -> None:
    town.clock.now = wita(8, 20, 22, 0)  # a Thursday night; 25 August is free
    await town.says(town.people["coordinator"], f"/aduan DINKES {kind} A-1")

    assert [due for _, _, due in await filed(town, "DINKES")] == [verify, answer]


@pytest.mark.parametrize("word", ["i", "INFO", "Informasi"])
async def test_the_beginning_of_a_kind_is_enough(town: Town, word: str) -> None:
    await town.says(town.people["coordinator"], f"/aduan DINKES {word} 77")

    assert [title for _, title, _ in await filed(town, "DINKES")][1] == (
        "Aduan SP4N-LAPOR 77 (informasi): jawab"
    )


async def test_in_the_opds_group_its_code_may_be_left_out(town: Town) -> None:
    await town.says(town.people["coordinator"], "/aduan biasa #LP/12-3.a", town.groups["DIKBUD"])

    assert [title for _, title, _ in await filed(town, "DIKBUD")] == [
        "Aduan SP4N-LAPOR LP/12-3.A (biasa): verifikasi",
        "Aduan SP4N-LAPOR LP/12-3.A (biasa): jawab",
    ]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("", "OPD mana yang dimaksud?"),
        ("DINKS biasa 1", "“DINKS” tidak dikenal"),
        ("DINKES", "Jenis aduan tidak dikenal: informasi, biasa, atau pengawasan."),
        ("DINKES 1234567", "Jenis aduan “1234567” tidak dikenal"),
        ("DINKES keluhan 1234567", "Jenis aduan “keluhan” tidak dikenal"),
        ("DINKES biasa", "Tulis nomor aduannya saja, tanpa nama, NIK, atau isi aduan."),
        ("DINKES biasa 123 456", "Tulis nomor aduannya saja"),
        ("DINKES biasa 1234567 Ibu Siti, jalan rusak", "Tulis nomor aduannya saja"),
        ("DINKES biasa Siti", "Tulis nomor aduannya saja"),
        ("DINKES biasa 7471012345678901", "Tulis nomor aduannya saja"),
        ("DINKES biasa 081234567890", "Tulis nomor aduannya saja"),
        ("DINKES biasa 1234567890123456789012345", "Tulis nomor aduannya saja"),
        ("DINKES biasa 123<b>", "Tulis nomor aduannya saja"),
        ("DINKES biasa ١٢٣", "Tulis nomor aduannya saja"),
    ],
)
async def test_what_is_no_reference_is_refused_and_nothing_of_it_is_kept(
    town: Town, said: str, answer: str
) -> None:
    refusal = await town.says(town.people["coordinator"], f"/aduan {said}")

    assert answer in refusal.text
    assert await rows(town, Complaint) == 0
    assert await items(town) == {"DIKBUD": [1, 2, 3], "DINKES": [1]}


@pytest.mark.parametrize("name", ["sekda", "auditor", "budi", "stranger"])
async def test_only_a_coordinator_files_one(town: Town, name: str) -> None:
    refusal = await town.says(town.people[name], BIASA)

    assert refusal.text.startswith("Hanya untuk koordinator (Bagian Organisasi).")
    assert await rows(town, Complaint) == 0


@pytest.mark.parametrize("again", [BIASA, "/aduan DIKBUD info #1234567"])
async def test_a_known_reference_changes_nothing_and_is_shown(town: Town, again: str) -> None:
    await town.says(town.people["coordinator"], BIASA)
    await town.sends()
    answer = await town.says(town.people["coordinator"], again)
    await town.sends()

    golden.check("complaint-known", shown(answer))
    assert await rows(town, Complaint) == 2
    assert len(town.said_in(town.groups["DINKES"])) == 1
    assert town.said_in(town.groups["DIKBUD"]) == []


async def test_the_same_message_again_gets_the_same_receipt(town: Town) -> None:
    rudi = town.people["coordinator"]
    rudi.says(BIASA, to=town.bot)
    await town.hears_but_dies()
    await town.hears()
    await town.sends()
    first, second = town.said_to(rudi)[-2:]

    assert shown(first) == shown(second)
    assert await rows(town, Complaint) == 2
    assert len(town.said_in(town.groups["DINKES"])) == 1


async def test_two_coordinators_at_once_file_it_once(town: Town) -> None:
    await town.appoint(town.people["auditor"], Role.COORDINATOR)
    town.people["coordinator"].says(BIASA, to=town.bot)
    town.people["auditor"].says(BIASA, to=town.bot)
    await town.hears()

    texts = [town.last(town.people[who]).text for who in ("coordinator", "auditor")]
    assert sum("sudah tercatat" in text for text in texts) == 1
    assert await rows(town, Bundle) == 1


async def test_its_steps_are_confirmed_by_buttons(town: Town) -> None:
    await town.says(town.people["coordinator"], BIASA)
    await town.sends()
    await town.presses(town.people["budi"], only(town, "DINKES"), "✅ 2")

    assert await state(town, "DINKES", 2) is State.SUBMITTED
    assert await state(town, "DINKES", 3) is State.OPEN


async def test_it_is_undone_by_its_author_and_may_be_filed_with_another_opd(town: Town) -> None:
    rudi = town.people["coordinator"]
    receipt = await town.says(rudi, BIASA)
    await town.sends()
    await town.presses(rudi, receipt, UNDO)
    await town.says(rudi, "/aduan DIKBUD biasa 1234567")
    await town.sends()

    assert receipt.text.startswith("↩️ T1 diurungkan\nAduan SP4N-LAPOR 1234567 (biasa)")
    assert "Ditarik kembali oleh Rudi Hartono" in said_last(town, "DINKES").text
    assert "jawab" in said_last(town, "DIKBUD").text
    assert await items(town) == {"DIKBUD": [1, 2, 3, 4, 5], "DINKES": [1]}


async def test_a_message_that_arrives_again_after_its_undoing_files_nothing(town: Town) -> None:
    rudi = town.people["coordinator"]
    rudi.says(BIASA, to=town.bot)
    await town.hears_but_dies()
    rudi.presses(town.last(rudi), UNDO)
    await town.hears_but_dies()
    await town.hears()

    assert town.last(rudi).text.startswith("↩️ T1 diurungkan")
    assert await count(town, "add") == 2
    assert await items(town) == {"DIKBUD": [1, 2, 3], "DINKES": [1]}


async def test_once_confirmed_it_is_not_undone(town: Town) -> None:
    rudi = town.people["coordinator"]
    receipt = await town.says(rudi, BIASA)
    await town.says(town.people["budi"], "/done 2")
    seen = await town.presses(rudi, receipt, UNDO)

    assert seen.text.startswith("T1 sudah ada yang mengonfirmasi")
    assert receipt.text.startswith(
        "Aduan 1234567 disimpan sebagai T1\nUntuk: DINKES\n\n2. Aduan SP4N"
    )
    assert receipt.buttons == []


async def test_what_was_undone_before_it_was_told_is_not_told(town: Town) -> None:
    rudi = town.people["coordinator"]
    receipt = await town.says(rudi, BIASA)
    await town.presses(rudi, receipt, UNDO)
    await town.sends()

    assert town.said_in(town.groups["DINKES"]) == []


async def test_an_opd_hears_nothing_of_what_went_to_another_before_its_turn(town: Town) -> None:
    rudi = town.people["coordinator"]
    receipt = await town.says(rudi, BIASA)
    await town.presses(rudi, receipt, UNDO)
    await town.says(rudi, "/aduan DIKBUD biasa 1234567")
    await town.sends()

    assert town.said_in(town.groups["DINKES"]) == []
    assert len(town.said_in(town.groups["DIKBUD"])) == 1


async def test_an_opd_without_a_group_hears_in_private_or_is_named(town: Town) -> None:
    await unlink(town, "DINKES")
    receipt = await town.says(town.people["coordinator"], BIASA)
    await town.sends()

    assert "OPD diberi tahu." in receipt.text
    assert "Aduan SP4N-LAPOR 1234567" in town.said_to(town.people["budi"])[-1].text
