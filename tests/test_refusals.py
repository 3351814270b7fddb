"""How Tuntas says no: what was not done, and what helps who hears it."""

from __future__ import annotations

import pytest

from bot.gate import OF_CITY, OF_OPD
from bot.turned_away import NotYours
from bot.words import POP_UP
from tests.coordinating import end_all
from tests.test_house import worded_as
from tests.town import Town

INVITED = "Jika itu Anda, mintalah tautan undangan kepada koordinator."


@pytest.mark.parametrize("command", ["/done 3", "/tenggat semua H+3 Laporan", "/opd", "/undang"])
async def test_who_holds_no_post_hears_how_one_gets_it(town: Town, command: str) -> None:
    stranger = town.people["stranger"]
    await town.starts(stranger)
    said = await town.says(stranger, command)

    assert said.text.startswith("Hanya untuk")
    assert said.text.endswith(INVITED)


async def test_so_does_who_lost_it_and_who_presses(town: Town) -> None:
    sari = town.people["sari"]
    card = await town.says(sari, "/daftar 3", to=town.groups["DIKBUD"])
    await end_all(town, "sari")
    seen = await town.presses(sari, card, "⚠️ Kendala")

    assert seen.text == (
        "Hanya untuk sekretaris, kepala, atau operator Dinas Pendidikan & Kebudayaan. " + INVITED
    )


async def test_who_holds_another_post_is_not_told_to_ask_for_one(town: Town) -> None:
    said = await town.says(town.people["budi"], "/tenggat semua H+3 Laporan")

    assert said.text == "Hanya untuk koordinator (Bagian Organisasi)."


def test_however_many_posts_may_and_however_long_the_name_it_fits_a_pop_up() -> None:
    told = worded_as(NotYours((*OF_OPD, *OF_CITY), "Dinas " * 50, is_newcomer=True))

    assert told.endswith(INVITED)
    assert len(told) <= POP_UP


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("/instruksi DINKS H+3 Kirim data", "“DINKS” tidak dikenal, tidak ada yang dikirim."),
        ("/ingatkan DINKS", "“DINKS” tidak dikenal, tidak ada yang dikirim."),
        ("/ubah DINKS 1 H+14", "“DINKS” tidak dikenal, tidak ada yang diubah."),
        ("/opd DINKS", "“DINKS” tidak dikenal."),
        ("/rekap DINKS", "“DINKS” tidak dikenal."),
    ],
)
async def test_of_an_unknown_opd_it_is_said_what_was_not_done(
    town: Town, command: str, told: str
) -> None:
    said = await town.says(town.people["coordinator"], command)

    assert said.text == f"{told} Maksudnya DINKES?"
