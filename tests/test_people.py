"""Links are made and tenures end, by who has the right to."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from bot import workbook
from bot.reading import posts
from bot.workbook import Invited
from db.models import Acting, Role
from demo.telegram import Message, Person
from tests.test_start import holders
from tests.town import Town


def token_in(message: Message) -> str:
    return message.text.partition("?start=")[2].split()[0]


async def invites(town: Town, who: str, words: str) -> Message:
    return await town.says(town.people[who], f"/undang {words}")


# what is typed


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("sekretaris DINKES", posts.Named(Role.SECRETARY, Acting.NO, ("DINKES",))),
        ("Kepala dinkes Plt.", posts.Named(Role.HEAD, Acting.PLT, ("dinkes",))),
        ("plh kepala DINKES", posts.Named(Role.HEAD, Acting.PLH, ("DINKES",))),
        ("DINKES operator", posts.Named(Role.OPERATOR, Acting.NO, ("DINKES",))),
        ("sekretaris daerah pj", posts.Named(Role.SEKDA, Acting.PJ, ())),
        ("secretary DINKES", posts.Named(Role.SECRETARY, Acting.NO, ("DINKES",))),
        ("koordinator", posts.Named(Role.COORDINATOR)),
        ("pengawas", posts.Named(Role.AUDITOR)),
        (
            "operator DINKES Budi Kepala",
            posts.Named(Role.OPERATOR, Acting.NO, ("DINKES", "Budi", "Kepala")),
        ),
        ("bupati", posts.Named(rest=("bupati",))),
        ("", posts.Named()),
    ],
)
def test_a_post_is_named_in_any_order(text: str, named: posts.Named) -> None:
    assert posts.post(text) == named


# /undang


async def test_a_coordinator_gets_a_link_to_forward(town: Town) -> None:
    said = await invites(town, "coordinator", "sekretaris dinkes plt")

    assert said.text.startswith(
        "Undangan Tuntas, Kota Kendari\n"
        "Untuk Plt. Sekretaris Dinas Kesehatan.\n\n"
        "Buka tautan ini, lalu tekan Mulai:\n"
        "https://t.me/tuntas_bot?start="
    )
    assert said.text.endswith(
        "Berlaku satu kali, sampai 1 Desember 2026 pukul 10.00. "
        "Bila Anda bukan Plt. Sekretaris Dinas Kesehatan, teruskan pesan ini hanya kepadanya, "
        "dan jangan membuka tautannya."
    )


@pytest.mark.parametrize(
    ("words", "role", "code"),
    [
        ("koordinator", Role.COORDINATOR, ""),
        ("sekda", Role.SEKDA, ""),
        ("pengawas", Role.AUDITOR, ""),
        ("sekretaris DINKES", Role.SECRETARY, "DINKES"),
        ("kepala DINKES", Role.HEAD, "DINKES"),
        ("DINKES operator", Role.OPERATOR, "DINKES"),
    ],
)
async def test_each_post_can_be_invited(town: Town, words: str, role: Role, code: str) -> None:
    link = token_in(await invites(town, "coordinator", words))
    await town.starts(town.people["stranger"], link)

    assert "Tono Sugiarto" in await holders(town, role, code)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", "Jabatan belum terbaca."),
        ("bupati", "Jabatan belum terbaca."),
        ("sekretaris", "Jabatan belum terbaca."),
        ("sekda DINKES", "Jabatan belum terbaca."),
        ("sekretaris DINKS", "“DINKS” tidak dikenal, tidak ada yang diubah. Maksudnya DINKES?"),
        ("sekretaris DINKES besok", "“besok” tidak dikenal"),
        ("<b> {{ 7*7 }}", "Jabatan belum terbaca."),
    ],
)
async def test_what_cannot_be_read_gets_one_sentence(town: Town, words: str, answer: str) -> None:
    said = await invites(town, "coordinator", words)

    assert said.text.startswith(answer)
    assert "?start=" not in said.text


@pytest.mark.parametrize("words", ["operator", "operator DIKBUD", "DIKBUD operator"])
async def test_a_secretary_invites_operators_of_their_own_opd(town: Town, words: str) -> None:
    link = token_in(await invites(town, "sari", words))
    await town.starts(town.people["stranger"], link)

    assert "Tono Sugiarto" in await holders(town, Role.OPERATOR, "DIKBUD")


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("sari", "sekretaris"),
        ("sari", "sekretaris DIKBUD"),
        ("sari", "operator DINKES"),
        ("sari", "koordinator"),
        ("sari", "semua"),
        ("dewi", "operator"),
        ("sekda", "operator DINKES"),
        ("stranger", "koordinator"),
    ],
)
async def test_more_than_that_is_refused(town: Town, who: str, words: str) -> None:
    said = await invites(town, who, words)

    assert said.text.startswith("Hanya untuk koordinator (Bagian Organisasi)") or (
        said.text.startswith("Hanya untuk") and "sekretaris" in said.text
    )


async def test_who_leads_two_opd_is_asked_which(town: Town) -> None:
    sari = town.people["sari"]
    await town.appoint(sari, Role.SECRETARY, "DINKES", "plt")
    asked = await invites(town, "sari", "operator")
    await town.presses(sari, asked, "Dinas Kesehatan")
    named = await invites(town, "sari", "operator DIKBUD")

    assert asked.text.endswith("\n\nOPD mana yang dimaksud?")
    assert "Operator Dinas Kesehatan." in town.said_to(sari)[-2].text
    assert "Operator Dinas Pendidikan & Kebudayaan." in named.text


async def test_the_button_invites_an_operator(town: Town) -> None:
    sari = town.people["sari"]
    greeting = await town.starts(sari)
    await town.presses(sari, greeting, "👥 Undang operator")
    await town.starts(town.people["stranger"], token_in(town.last(sari)))

    assert "Tono Sugiarto" in await holders(town, Role.OPERATOR, "DIKBUD")


async def test_in_a_group_an_invitation_would_be_read_by_all(town: Town) -> None:
    said = await town.says(
        town.people["coordinator"], "/undang sekretaris DINKES", to=town.groups["DINKES"]
    )

    assert said.text == "Kirim perintah ini di percakapan pribadi dengan bot."


# /undang semua


async def test_a_workbook_has_a_working_link_for_every_opd_without_a_secretary(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    await town.opd("RSUD", "=RSUD Abunawas", "rsud", secretary_title="Kepala Bagian Tata Usaha")
    said = await invites(town, "coordinator", "semua")
    assert said.media
    sheet = load_workbook(io.BytesIO(said.media.data)).active
    assert sheet
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    link = str(rows[0][3])
    await town.starts(town.people["stranger"], link.partition("?start=")[2])

    assert said.media.name == "undangan-tuntas.xlsx"
    assert said.text.startswith("Undangan untuk 2 OPD yang belum mempunyai sekretaris di Tuntas.")
    assert [row[:3] for row in rows] == [
        ["DISHUB", "Dinas Perhubungan", "Sekretaris"],
        ["RSUD", "=RSUD Abunawas", "Kepala Bagian Tata Usaha"],
    ]
    assert sheet["B3"].data_type == "s"
    assert link in str(rows[0][4])
    assert "Untuk Sekretaris Dinas Perhubungan." in str(rows[0][4])
    assert await holders(town, Role.SECRETARY, "DISHUB") == ["Tono Sugiarto"]


async def test_where_nobody_is_missing_there_is_no_workbook(town: Town) -> None:
    said = await invites(town, "coordinator", "semua")

    assert said.text == "Semua OPD sudah mempunyai sekretaris di Tuntas."
    assert said.media is None


def test_a_worksheet_survives_what_it_cannot_hold() -> None:
    content = workbook.invitations_workbook([Invited("A\x00B", "+1\x0b", "@x", "l", "t" * 40_000)])

    assert content.startswith(b"PK")


# /akhiri


async def ends(town: Town, who: str, words: str) -> Message:
    return await town.says(town.people[who], f"/akhiri {words}")


async def saves(town: Town, who: Person, preview: Message) -> None:
    await town.presses(who, preview, "✅ Simpan")
    await town.sends()


async def test_a_tenure_ends_after_a_preview_and_all_concerned_hear(town: Town) -> None:
    rudi, budi = town.people["coordinator"], town.people["budi"]
    second = town.telegram.person("Lina Marlina")
    await town.appoint(second, Role.COORDINATOR)
    preview = await ends(town, "coordinator", "sekretaris DINKES")
    text, buttons = preview.text, preview.buttons
    before = await holders(town, Role.SECRETARY, "DINKES")
    await saves(town, rudi, preview)

    assert text == (
        "Akhiri tugas, belum disimpan\n"
        "Budi Santoso, Sekretaris Dinas Kesehatan, sejak 24 November 2026.\n"
        "Yang sudah dicatatnya tetap atas namanya. Ia dan grup OPD akan diberi tahu."
    )
    assert buttons == [["✅ Simpan", "✖️ Jangan simpan"]]
    assert before == ["Budi Santoso"]
    assert await holders(town, Role.SECRETARY, "DINKES") == []
    assert preview.text == (
        "Tugas Budi Santoso sebagai Sekretaris Dinas Kesehatan berakhir 24 November 2026 pukul "
        "10.00."
    )
    assert town.said_to(budi)[-1].text == (
        "Tugas Anda sebagai Sekretaris Dinas Kesehatan berakhir 24 November 2026 pukul 10.00.\n"
        "Yang sudah Anda catat tetap atas nama Anda. Bila ini keliru, hubungi koordinator (Bagian "
        "Organisasi)."
    )
    assert town.said_in(town.groups["DINKES"])[-1].text == (
        "Budi Santoso tidak lagi bertugas sebagai Sekretaris."
    )
    assert town.said_to(second)[-1].text == preview.text


async def test_what_is_not_saved_ends_nothing(town: Town) -> None:
    preview = await ends(town, "coordinator", "sekretaris DINKES")
    await town.presses(town.people["coordinator"], preview, "✖️ Jangan simpan")

    assert await holders(town, Role.SECRETARY, "DINKES") == ["Budi Santoso"]


async def test_a_second_press_shows_how_it_ended(town: Town) -> None:
    rudi = town.people["coordinator"]
    preview = await ends(town, "coordinator", "sekretaris DINKES")
    button = preview.button("✅ Simpan")["callback_data"]
    await saves(town, rudi, preview)
    seen = await town.forges(rudi, preview, button)
    await town.sends()
    told = [m for m in town.said_in(town.groups["DINKES"]) if "tidak lagi" in m.text]

    assert seen.text == "Sudah disimpan."
    assert len(told) == 1


async def test_a_coordinator_no_more_cannot_save_what_they_prepared(town: Town) -> None:
    rudi = town.people["coordinator"]
    second = town.telegram.person("Lina Marlina")
    await town.appoint(second, Role.COORDINATOR)
    town.people["lina"] = second
    preview = await ends(town, "coordinator", "sekretaris DINKES")
    await saves(town, second, await ends(town, "lina", "koordinator Rudi"))
    seen = await town.presses(rudi, preview, "✅ Simpan")

    assert seen.text.startswith("Hanya untuk koordinator (Bagian Organisasi).")
    assert await holders(town, Role.SECRETARY, "DINKES") == ["Budi Santoso"]


async def test_a_preview_lapses_after_a_day(town: Town) -> None:
    preview = await ends(town, "coordinator", "sekretaris DINKES")
    town.clock.now += timedelta(days=1, seconds=1)
    seen = await town.presses(town.people["coordinator"], preview, "✅ Simpan")

    assert seen.text.startswith("Sudah lewat satu hari, tidak ada yang disimpan.")
    assert await holders(town, Role.SECRETARY, "DINKES") == ["Budi Santoso"]


async def test_a_secretary_ends_their_own_operator(town: Town) -> None:
    preview = await ends(town, "sari", "operator dewi")
    await saves(town, town.people["sari"], preview)

    assert await holders(town, Role.OPERATOR, "DIKBUD") == []


@pytest.mark.parametrize("words", ["sekretaris", "operator DINKES", "kepala DIKBUD", "sekda"])
async def test_a_secretary_ends_nobody_else(town: Town, words: str) -> None:
    said = await ends(town, "sari", words)

    assert said.text.startswith("Hanya untuk")


async def test_of_several_the_bot_asks_who_is_meant(town: Town) -> None:
    second = town.telegram.person("Dewi Lestari")
    await town.appoint(second, Role.OPERATOR, "DIKBUD")
    rudi = town.people["coordinator"]
    asked = await ends(town, "coordinator", "operator DIKBUD")
    assert asked.buttons == [["Dewi Anggraini"], ["Dewi Lestari"], ["✖️ Batal"]]
    await town.presses(rudi, asked, "Dewi Lestari")
    await saves(town, rudi, town.last(rudi))

    assert asked.text == (
        "Dinas Pendidikan & Kebudayaan\n/akhiri operator\n\n"
        "Siapa yang dimaksud? Belum ada yang diubah."
    )
    assert await holders(town, Role.OPERATOR, "DIKBUD") == ["Dewi Anggraini"]


async def test_a_name_tells_which_of_several(town: Town) -> None:
    await town.appoint(town.telegram.person("Joko Susilo"), Role.OPERATOR, "DIKBUD")
    preview = await ends(town, "coordinator", "operator DIKBUD joko")

    assert "Joko Susilo, Operator Dinas Pendidikan & Kebudayaan" in preview.text


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("kepala DINKES", "Tidak ada yang bertugas sebagai Kepala Dinas Kesehatan."),
        (
            "operator DIKBUD Tono",
            "“Tono” tidak bertugas sebagai Operator Dinas Pendidikan & Kebudayaan.",
        ),
        ("", "Jabatan belum terbaca."),
        ("operator", "Jabatan belum terbaca."),
    ],
)
async def test_who_is_not_there_cannot_leave(town: Town, words: str, answer: str) -> None:
    said = await ends(town, "coordinator", words)

    assert said.text.startswith(answer)


async def test_the_last_coordinator_is_warned(town: Town) -> None:
    preview = await ends(town, "coordinator", "koordinator")

    assert "Ini koordinator terakhir." in preview.text


# /bantuan


async def test_help_says_what_this_person_can_do_here(town: Town) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    private = await town.says(sari, "/bantuan")
    here = await town.says(sari, "/help", to=group)
    elsewhere = await town.says(town.people["stranger"], "/bantuan", to=group)

    assert "Sekretaris Dinas Pendidikan & Kebudayaan" in private.text
    assert "/undang operator: undang operator" in private.text
    assert "/done" in here.text
    assert "/undang" not in here.text
    assert "/bantuan@tuntas_bot" in here.text
    assert "/done" not in elsewhere.text
    assert elsewhere.text.startswith("Dinas Pendidikan & Kebudayaan\nSiapa pun di grup ini")


async def test_help_in_private_tells_a_stranger_whom_to_ask(town: Town) -> None:
    said = await town.says(town.people["stranger"], "/bantuan")

    assert said.text.startswith("Anda belum terdaftar. Mintalah tautan undangan")
