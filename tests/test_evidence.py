"""Files and links show that an item is finished: handed in, kept, recognised."""

from __future__ import annotations

import hashlib
import stat
from contextlib import ExitStack

import httpx
import pytest
from sqlalchemy import select

from bot import answers
from db.models import Audit, Role, State
from tests.evidence import PDF, document, kept, rows, shelf
from tests.questions import state
from tests.test_receive import away
from tests.town import Town

DIGEST = hashlib.sha256(PDF).hexdigest()
PLACE = f"DIKBUD/2/1/{DIGEST[:12]}-Laporan-SKM.pdf"


# a file and a command


async def test_a_captioned_document_is_kept_as_evidence(town: Town) -> None:
    said = await document(town, "sari", "/bukti 2")
    [row] = await rows(town, "DIKBUD", 2)

    assert "📎 Laporan SKM.pdf (1 KB): dicatat" in said.text
    assert "Belum dikonfirmasi: butir 2." in said.text
    assert kept(town) == [PLACE]
    assert (shelf(town) / PLACE).read_bytes() == PDF
    assert (row.sha256, row.stored_as, row.version, row.size) == (DIGEST, PLACE, 1, len(PDF))
    assert row.file_name == "Laporan SKM.pdf"


async def test_files_are_ours_alone(town: Town) -> None:
    await document(town, "sari", "/bukti 2")
    file = shelf(town) / PLACE

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in list(file.parents)[:3]} == {0o700}


async def test_a_captioned_photo_confirms_and_is_the_evidence(town: Town) -> None:
    sari = town.people["sari"]
    sari.sends_photo(to=town.bot, caption="/done 2")
    await town.hears()

    assert "2. Survei kepuasan <SKM>: dicatat" in town.last(sari).text
    assert "📎 foto-20261124-1000-" in town.last(sari).text
    assert "Bukti belum ada" not in town.last(sari).text
    assert await state(town, "DIKBUD", 2) is State.SUBMITTED
    assert [row.stored_as[-4:] for row in await rows(town, "DIKBUD", 2)] == [".jpg"]


async def test_a_command_answers_somebody_s_photo_in_the_group(town: Town) -> None:
    group = town.groups["DIKBUD"]
    photo = town.people["stranger"].sends_photo(to=group)
    said = await town.says(town.people["dewi"], "/bukti 3", to=group, reply_to=photo)

    assert "3. Foto loket" in said.text
    assert len(await rows(town, "DIKBUD", 3)) == 1


async def test_a_file_for_several_items_lies_there_once(town: Town) -> None:
    said = await document(town, "sari", "/bukti 2, 3")

    assert said.text.count("Laporan SKM.pdf (1 KB): dicatat") == 2
    assert kept(town) == [PLACE]
    assert [r.stored_as for n in (2, 3) for r in await rows(town, "DIKBUD", n)] == [PLACE] * 2


async def test_which_opd_is_asked_and_the_file_is_not_forgotten(town: Town) -> None:
    await town.appoint(town.people["sari"], Role.OPERATOR, "DINKES")
    question = await document(town, "sari", "/bukti 1")
    await town.restarts()
    await town.presses(town.people["sari"], question, "Dinas Kesehatan")

    assert len(await rows(town, "DINKES", 1)) == 1
    assert await rows(town, "DIKBUD", 1) == []


# what is there already


async def test_the_same_message_again_changes_nothing_and_is_told_the_same(town: Town) -> None:
    sari = town.people["sari"]
    sari.sends_document(to=town.bot, caption="/bukti 2", data=PDF, name="Laporan SKM.pdf")
    await town.hears_but_dies()
    downloads = [call.method for call in town.telegram.calls].count("getFile")
    first = town.last(sari).text
    town.desk.given.clear()
    await town.hears()

    assert town.last(sari).text == first
    assert len(await rows(town, "DIKBUD", 2)) == 1
    assert [call.method for call in town.telegram.calls].count("getFile") == downloads == 1


async def test_the_same_message_again_after_a_return_is_no_next_version(town: Town) -> None:
    sari, rudi = town.people["sari"], town.people["coordinator"]
    sari.sends_document(to=town.bot, caption="/done 2", data=PDF, name="a.pdf")
    await town.hears_but_dies()
    rudi.says("/kembalikan DIKBUD 2 laporan belum ditandatangani", to=town.bot)
    await town.hears()

    assert [row.version for row in await rows(town, "DIKBUD", 2)] == [1]


async def test_two_people_at_once_record_the_same_file_once(town: Town) -> None:
    for who in ("sari", "dewi"):
        person = town.people[who]
        person.sends_document(to=town.bot, caption="/bukti 2", data=PDF, name="a.pdf")
    await town.hears()
    said = [town.last(town.people[who]).text for who in ("sari", "dewi")]

    assert sorted("sudah tercatat" in text for text in said) == [False, True]
    assert len(await rows(town, "DIKBUD", 2)) == 1


async def test_what_a_file_is_called_stays_out_of_the_log(town: Town) -> None:
    await document(town, "sari", "/bukti 2", name="KTP Siti Aminah.pdf")
    async with town.desk.view() as session:
        entries = (await session.scalars(select(Audit))).all()
    told = [str([one.subject, one.before, one.after]) for one in entries]

    assert any(DIGEST in text for text in told)
    assert not any("Siti" in text for text in told)


async def test_the_same_file_again_is_recognised(town: Town) -> None:
    await document(town, "sari", "/bukti 2")
    again = await document(town, "dewi", "/bukti 2", name="SKM final.pdf")

    assert "SKM final.pdf (1 KB): sudah tercatat" in again.text
    assert len(await rows(town, "DIKBUD", 2)) == 1
    assert kept(town) == [PLACE]


async def test_the_same_file_for_another_item_is_said_and_kept_once(town: Town) -> None:
    await document(town, "sari", "/bukti 2")
    again = await document(town, "sari", "/bukti 3", name="Foto loket.pdf")

    assert "Berkas yang sama juga bukti butir 2." in again.text
    assert [row.stored_as for row in await rows(town, "DIKBUD", 3)] == [PLACE]
    assert kept(town) == [PLACE]


async def test_what_is_given_after_a_return_is_the_next_version(town: Town) -> None:
    rudi = town.people["coordinator"]
    await document(town, "sari", "/done 2")
    await town.says(rudi, "/kembalikan DIKBUD 2 laporan belum ditandatangani")
    again = await document(town, "sari", "/bukti 2")
    await document(town, "sari", "/bukti 2", data=PDF + b" 2")

    assert "bukti versi 2" in again.text
    assert "sama dengan versi 1 yang sudah dikembalikan" in again.text
    assert [row.version for row in await rows(town, "DIKBUD", 2)] == [1, 2, 2]
    assert {path.split("/")[2] for path in kept(town)} == {"1", "2"}


# what is not taken


async def test_a_file_over_20_mb_is_told_before_it_is_tried(town: Town) -> None:
    said = await document(town, "sari", "/bukti 2", data=b"x" * 21_000_000)

    assert "(21 MB) lebih dari 20 MB" in said.text
    assert "getFile" not in [call.method for call in town.telegram.calls]
    assert kept(town) == []


async def test_what_can_run_is_not_taken(town: Town) -> None:
    said = await document(town, "sari", "/bukti 2", name="laporan.pdf.exe")

    assert "“laporan.pdf.exe” tidak diterima" in said.text
    assert await rows(town, "DIKBUD", 2) == []


async def test_a_file_that_is_not_taken_keeps_nobody_from_confirming(town: Town) -> None:
    said = await document(town, "sari", "/done 2", name="video.mp4")

    assert "2. Survei kepuasan <SKM>: dicatat" in said.text
    assert "“video.mp4” tidak diterima" in said.text
    assert "📎 Bukti belum ada: butir 2." in said.text


async def test_a_link_counts_though_the_file_beside_it_is_not_taken(town: Town) -> None:
    said = await document(town, "sari", "/bukti 2 https://drive.example/skm", name="video.mp4")

    assert "📎 https://drive.example/skm: dicatat" in said.text
    assert "“video.mp4” tidak diterima" in said.text
    assert [row.link for row in await rows(town, "DIKBUD", 2)] == ["https://drive.example/skm"]


async def test_verified_items_take_no_more(town: Town) -> None:
    await town.says(town.people["sari"], "/done 3")
    await town.says(town.people["coordinator"], "/verifikasi DIKBUD 3")
    said = await document(town, "sari", "/bukti 3, 9")

    assert "sudah terverifikasi, bukti tidak dapat ditambah" in said.text
    assert "9: tidak ada di daftar" in said.text
    assert kept(town) == []


@pytest.mark.parametrize("who", ["stranger", "coordinator", "budi"])
async def test_nobody_without_the_right_makes_us_fetch_anything(town: Town, who: str) -> None:
    said = await document(town, who, "/bukti DIKBUD 2")

    assert said.text.startswith("Hanya untuk")
    assert "getFile" not in [call.method for call in town.telegram.calls]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "..", "/a\\b.pdf", "\u202eFDP.exe.pdf", ".env.pdf", "é 漢.PDF"]
)
async def test_no_name_leads_out_of_the_shelf(town: Town, name: str) -> None:
    await document(town, "sari", "/bukti 2", name=name)

    assert all(path.startswith(f"DIKBUD/2/1/{DIGEST[:12]}-") for path in kept(town))
    assert all(path.isascii() and " " not in path for path in kept(town))


# trouble


async def test_passing_trouble_holds_the_message(town: Town) -> None:
    sari = town.people["sari"]
    sari.sends_document(to=town.bot, caption="/done 2", data=PDF, name="a.pdf")
    town.telegram.cuts_next(httpx.ReadTimeout(""), method="download")
    await town.hears_but_dies()
    held = (await state(town, "DIKBUD", 2), town.desk.unsettled.copy())
    await town.hears()

    assert held[0] is State.OPEN
    assert held[1]
    assert await state(town, "DIKBUD", 2) is State.SUBMITTED
    assert len(await rows(town, "DIKBUD", 2)) == 1


async def test_trouble_that_does_not_pass_is_said_and_the_item_confirmed(town: Town) -> None:
    sari = town.people["sari"]
    sari.sends_document(to=town.bot, caption="/done 2", data=PDF, name="a.pdf")
    for _ in range(answers.TRIES + 1):
        town.telegram.cuts_next(httpx.ReadTimeout(""), method="download")
    for _ in range(answers.TRIES + 1):
        await town.hears()

    assert "“a.pdf” tidak dapat diambil saat ini" in town.last(sari).text
    assert await state(town, "DIKBUD", 2) is State.SUBMITTED


async def test_the_answer_that_says_so_is_given_again_where_it_does_not_arrive(town: Town) -> None:
    sari = town.people["sari"]
    before = len(town.said_to(sari))
    sari.sends_document(to=town.bot, caption="/done 2", data=PDF, name="a.pdf")
    for _ in range(answers.TRIES + 1):
        town.telegram.cuts_next(httpx.ReadTimeout(""), method="download")
    town.telegram.refuses_next(500, "Internal Server Error", method="sendMessage")
    for _ in range(answers.TRIES + 2):
        await town.hears()

    [said] = town.said_to(sari)[before:]
    assert "“a.pdf” tidak dapat diambil saat ini" in said.text
    assert not town.desk.fileless


async def test_what_telegram_does_not_have_any_more_is_said_at_once(town: Town) -> None:
    town.telegram.refuses_next(400, "Bad Request: wrong file_id", method="getFile")
    said = await document(town, "sari", "/bukti 2")

    assert "tidak dapat diambil saat ini dan belum disimpan" in said.text


async def test_a_disk_that_does_not_take_it_holds_the_message(town: Town) -> None:
    shelf(town).mkdir()
    (shelf(town) / "DIKBUD").write_text("in the way")
    sari = town.people["sari"]
    before = len(town.said_to(sari))
    sari.sends_document(to=town.bot, caption="/bukti 2", data=PDF, name="Laporan SKM.pdf")
    await town.hears()
    held = (await rows(town, "DIKBUD", 2), len(town.said_to(sari)))
    (shelf(town) / "DIKBUD").unlink()
    await town.hears()

    assert held == ([], before)
    assert kept(town) == [PLACE]
    assert len(await rows(town, "DIKBUD", 2)) == 1


async def test_what_a_crash_left_on_the_shelf_is_taken_up_again(town: Town) -> None:
    """The database goes away between the download and the commit, and then the process."""
    with ExitStack() as trouble:

        async def locked(_bot: object, method: str, *_: object) -> None:
            if method.lower() == "getfile":
                trouble.enter_context(away(town))

        sari = town.people["sari"]
        sari.sends_document(to=town.bot, caption="/bukti 2", data=PDF, name="Laporan SKM.pdf")
        town.telegram.arriving.append(locked)
        await town.hears_but_dies()
        town.telegram.arriving.remove(locked)
        orphan = kept(town)
    nothing = await rows(town, "DIKBUD", 2)
    await town.restarts()
    await town.hears()

    assert (orphan, nothing) == ([PLACE], [])
    assert kept(town) == [PLACE]
    assert len(await rows(town, "DIKBUD", 2)) == 1
