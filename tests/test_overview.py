"""Who works for the whole city sees every OPD and its state."""

from __future__ import annotations

import pytest

from db.models import Role
from tests import golden
from tests.coordinating import end_all, refused, shown, unlink
from tests.town import Town, wita


async def test_every_opd_with_its_counts_and_what_it_lacks(town: Town) -> None:
    await town.says(town.people["sari"], "/done 1, 3")
    await town.says(town.people["coordinator"], "/verifikasi DIKBUD 3")
    town.clock.now = wita(11, 25, 10, 0)
    await unlink(town, "DINKES")
    await end_all(town, "budi")
    answer = await town.says(town.people["sekda"], "/opd")

    golden.check("city", shown(answer))


@pytest.mark.parametrize("name", ["coordinator", "sekda", "auditor"])
async def test_the_posts_of_the_city_see_it_anywhere(town: Town, name: str) -> None:
    answer = await town.says(town.people[name], "/opd", to=town.groups["DIKBUD"])

    assert answer.text.startswith("2 OPD\nDikonfirmasi 0 dari 4 butir")


@pytest.mark.parametrize("name", ["sari", "dewi", "stranger"])
async def test_nobody_else_does_and_the_attempt_is_in_the_audit_log(town: Town, name: str) -> None:
    refusal = await town.says(town.people[name], "/opd")

    assert refusal.text.startswith("Hanya untuk koordinator")
    assert await refused(town) == [(town.people[name].id, "/opd")]


async def test_a_page_pressed_by_who_may_not_is_refused_in_a_pop_up(town: Town) -> None:
    dikbud = town.groups["DIKBUD"]
    answer = await town.says(town.people["sekda"], "/opd", to=dikbud)
    before = answer.text
    seen = await town.forges(town.people["sari"], answer, "city:1")

    assert seen.text.startswith("Hanya untuk koordinator")
    assert answer.text == before


async def test_one_opd_is_its_list_and_each_item_opens_its_card(town: Town) -> None:
    sekda = town.people["sekda"]
    listing = await town.says(sekda, "/opd dikbud")
    assert listing.text.startswith("📋 Dinas Pendidikan & Kebudayaan")

    await town.presses(sekda, listing, "⬜ 3. Foto loket")

    assert listing.text.startswith("3. Foto loket\nDinas Pendidikan & Kebudayaan")


async def test_a_number_after_the_code_is_the_card_itself(town: Town) -> None:
    card = await town.says(town.people["coordinator"], "/opd DIKBUD 2")

    assert card.text.startswith("2. Survei kepuasan <SKM>")


async def test_the_button_of_an_opd_opens_its_list(town: Town) -> None:
    sekda = town.people["sekda"]
    answer = await town.says(sekda, "/opd")
    await town.presses(sekda, answer, "DINKES")

    assert answer.text.startswith("📋 Dinas Kesehatan")


async def test_an_unknown_code_is_named_with_the_one_meant(town: Town) -> None:
    refusal = await town.says(town.people["sekda"], "/opd DINKS")

    assert refusal.text.startswith("“DINKS” tidak dikenal")
    assert "DINKES" in refusal.text


@pytest.mark.parametrize("said", ["semua", "DINKES,DIKBUD", "<b>{{ 1 }}</b>", "9" * 4000, "_*[`"])
async def test_what_is_no_code_gets_a_sentence(town: Town, said: str) -> None:
    answer = await town.says(town.people["sekda"], f"/opd {said}")

    assert answer.text
    assert "Terjadi gangguan" not in answer.text
    assert not town.telegram.refused


async def test_44_opd_are_five_pages_and_the_neighbouring_ones_a_press_away(
    bare_town: Town,
) -> None:
    town, sekda = bare_town, bare_town.telegram.person("Hasan Basri")
    await town.appoint(sekda, Role.SEKDA)
    for n in range(1, 45):
        await town.opd(f"OPD-{n:02}", f"Dinas Nomor {n}")
    answer = await town.says(sekda, "/opd")
    assert "OPD-10 0/0" in answer.text
    assert "Halaman 1 dari 5" in answer.text
    assert answer.buttons[-1] == ["▶️"]

    await town.presses(sekda, answer, "▶️")
    assert "OPD-11 0/0" in answer.text
    assert answer.buttons[-1] == ["◀️", "▶️"]

    await town.forges(sekda, answer, "city:999999999999")
    assert "Halaman 5 dari 5" in answer.text
    assert answer.buttons[-1] == ["◀️"]

    await town.forges(sekda, answer, "city:0")
    assert "Halaman 1 dari 5" in answer.text
    assert not town.telegram.refused


async def test_without_any_opd_it_says_so(bare_town: Town) -> None:
    sekda = bare_town.telegram.person("Hasan Basri")
    await bare_town.appoint(sekda, Role.SEKDA)
    answer = await bare_town.says(sekda, "/opd")

    assert answer.text.endswith("Belum ada OPD.")
    assert not answer.buttons
