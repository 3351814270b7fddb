"""Evidence is asked for and sent in private, shown on the card, and fetched by whose work it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import conversation
from db.models import Role, State
from demo.telegram import Message, Person
from tests import golden
from tests.evidence import PDF, document, kept, rows, shelf
from tests.questions import state
from tests.test_inbox import receiving, until
from tests.town import Town, wita


def files_said_to(town: Town, who: Person) -> list[bytes]:
    return [message.media.data for message in town.said_to(who) if message.media]


async def opened(town: Town, who: str, code: str = "DIKBUD", number: int = 2) -> Message:
    """The list of an item's evidence, from its card in private."""
    person = town.people[who]
    card = await town.says(person, f"/daftar {code} {number}")
    await town.presses(person, card, "proofs:" + f"{code}:{number}")
    return town.last(person)


# asked for


async def test_lampirkan_leads_from_the_group_into_private(town: Town) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    receipt = await town.says(sari, "/done 2", to=group)
    await town.presses(sari, receipt, "📎 Lampirkan")
    await town.hears()
    asked = town.last(sari)
    said = await document(town, "sari")

    golden.check("attach", asked.text)
    assert "Bukti belum ada: butir 2." in receipt.text
    assert "Laporan SKM.pdf (1 KB): dicatat" in said.text
    assert len(await rows(town, "DIKBUD", 2)) == 1


async def test_bukti_without_a_file_is_short_in_the_group(town: Town) -> None:
    said = await town.says(town.people["dewi"], "/bukti 2", to=town.groups["DIKBUD"])

    golden.check("attach-group", said.text)
    assert [button for row in said.buttons for button in row] == ["📎 Lampirkan"]


async def test_a_link_is_handed_in_like_a_file(town: Town) -> None:
    sari = town.people["sari"]
    await town.says(sari, "/bukti 2")
    said = await town.says(sari, "ini tautannya https://drive.example/skm")
    direct = await town.says(sari, "/bukti 3 https://drive.example/loket")

    assert "📎 https://drive.example/skm: dicatat" in said.text
    assert "📎 https://drive.example/loket: dicatat" in direct.text
    assert [row.link for row in await rows(town, "DIKBUD", 2)] == ["https://drive.example/skm"]


async def test_what_is_sent_is_for_the_last_that_was_asked_for(town: Town) -> None:
    sari = town.people["sari"]
    await town.says(sari, "/bukti 2")
    await town.later(minutes=5)
    await town.says(sari, "/bukti 3")
    await document(town, "sari")

    assert (len(await rows(town, "DIKBUD", 2)), len(await rows(town, "DIKBUD", 3))) == (0, 1)


async def test_after_an_hour_a_file_is_asked_for_its_item(town: Town) -> None:
    await town.says(town.people["sari"], "/bukti 2")
    town.clock.now = town.clock.now.replace(hour=11, minute=1)
    said = await document(town, "sari")

    assert said.text.startswith("Berkas ini untuk butir mana?")
    assert await rows(town, "DIKBUD", 2) == []


async def test_clocks_that_differ_a_little_do_no_harm(town: Town) -> None:
    card = await town.says(town.people["sari"], "/daftar 2")
    town.clock.now += timedelta(minutes=1)
    await town.presses(town.people["sari"], card, "📎 Lampirkan")
    town.clock.now -= timedelta(minutes=1)
    await document(town, "sari")

    assert len(await rows(town, "DIKBUD", 2)) == 1


async def test_a_restart_forgets_nothing_and_a_lost_post_gives_no_right(town: Town) -> None:
    dewi = town.people["dewi"]
    await town.says(dewi, "/bukti 2")
    await town.restarts()
    first = await document(town, "dewi")
    await town.says(town.people["sari"], "/akhiri operator")
    await town.presses(town.people["sari"], town.last(town.people["sari"]), "✅ Simpan")
    refused = await document(town, "dewi", data=PDF + b"2")

    assert "dicatat" in first.text
    assert refused.text.startswith("Hanya untuk")
    assert len(await rows(town, "DIKBUD", 2)) == 1


# albums


async def test_an_album_is_confirmed_in_one_message(town: Town) -> None:
    sari = town.people["sari"]
    await town.says(sari, "/bukti 2")
    before = len(town.said_to(sari))
    sari.sends_album([b"1", b"2", b"3"], to=town.bot)
    await town.hears()
    [said] = town.said_to(sari)[before:]

    assert said.text.count("dicatat") == 3
    assert len(await rows(town, "DIKBUD", 2)) == len(kept(town)) == 3


async def test_an_album_in_pieces_is_confirmed_in_one_message(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram hands them over one by one; a busy machine may need its time for each."""
    monkeypatch.setattr(conversation, "PIECES", 3.0)

    handed = 0

    async def one_by_one(_bot: object, method: str, _: object, body: dict[str, object]) -> None:
        nonlocal handed
        waiting = body.get("result")
        if method.lower() == "getupdates" and isinstance(waiting, list) and waiting:
            handed += 1
            del waiting[handed:]

    sari = town.people["sari"]
    await town.says(sari, "/bukti 2")
    before = len(town.said_to(sari))
    town.telegram.answering.append(one_by_one)
    async with receiving(town):
        sari.sends_album([b"1", b"2"], to=town.bot)
        await until(town, lambda: len(town.said_to(sari)) > before)
    [said] = town.said_to(sari)[before:]

    assert said.text.count("dicatat") == 2


async def test_the_command_of_an_album_is_meant_for_all_of_it(town: Town) -> None:
    sari = town.people["sari"]
    before = len(town.said_to(sari))
    sari.sends_album([b"1", b"2", b"3"], to=town.bot, caption="/done 2")
    await town.hears()
    [said] = town.said_to(sari)[before:]

    golden.check("album", said.text)
    assert await state(town, "DIKBUD", 2) is State.SUBMITTED
    assert len(await rows(town, "DIKBUD", 2)) == 3


async def test_an_album_in_a_group_that_shows_us_all_is_kept_whole(town: Town) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    town.bot.privacy = False
    await town.says(sari, "/bukti 3")  # which is meant for what is sent in private
    sari.sends_album([b"1", b"2"], to=group, caption="/bukti 2")
    sari.sends_album([b"3", b"4"], to=group)
    await town.hears()

    assert (len(await rows(town, "DIKBUD", 2)), len(await rows(town, "DIKBUD", 3))) == (2, 0)
    assert len(town.said_in(group)) == 1


async def test_a_piece_that_is_known_or_not_taken_is_named(town: Town) -> None:
    sari = town.people["sari"]
    sari.sends_photo(to=town.bot, caption="/bukti 2", data=b"1")
    await town.hears()
    await town.says(sari, "/bukti 2")
    before = len(town.said_to(sari))
    sari.sends_album([b"1", b"2", b"3"], to=town.bot)
    await town.hears()
    [said] = town.said_to(sari)[before:]

    assert said.text.count(": sudah tercatat") == 1
    assert said.text.count(": dicatat") == 2
    assert len(await rows(town, "DIKBUD", 2)) == 3


# shown and fetched


async def test_the_card_and_the_list_show_what_is_there(town: Town) -> None:
    await document(town, "sari", "/done 2 https://drive.example/skm")
    await town.says(town.people["coordinator"], "/kembalikan DIKBUD 2 belum ditandatangani")
    await document(town, "dewi", "/bukti 2", data=PDF + b"2", name="SKM ditandatangani.pdf")
    card = await town.says(town.people["sari"], "/daftar 2")
    listed = await opened(town, "coordinator")

    shown = [
        message.text + "\n" + "\n".join(map(str, message.buttons)) for message in (card, listed)
    ]
    golden.check("evidence", "\n---\n".join(shown))


@pytest.mark.parametrize("who", ["sari", "dewi", "coordinator", "sekda", "auditor"])
async def test_only_those_whose_work_it_is_fetch_a_file(town: Town, who: str) -> None:
    await document(town, "sari", "/bukti 2")
    listed = await opened(town, who)
    await town.presses(town.people[who], listed, "📄 Laporan SKM.pdf")
    strangers = {}
    for other in ("stranger", "budi"):
        person = town.people[other]
        seen = await town.forges(person, await town.starts(person), "file:DIKBUD:1")
        strangers[other] = (seen.text[:11], files_said_to(town, person))

    assert files_said_to(town, town.people[who]) == [PDF]
    assert strangers == {name: ("Hanya untuk", []) for name in ("stranger", "budi")}


async def test_nothing_is_fetched_into_a_group(town: Town) -> None:
    await document(town, "sari", "/bukti 2")
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    card = await town.says(sari, "/daftar 2", to=group)
    seen = [await town.forges(sari, card, data) for data in ("file:DIKBUD:1", "proofs:DIKBUD:2")]
    await town.presses(sari, card, "🗂 Bukti (1)")
    await town.hears()

    assert [one.text for one in seen] == [
        "Kirim perintah ini di percakapan pribadi dengan bot."
    ] * 2
    assert not [message for message in town.said_in(group) if message.media]
    assert "📎 Laporan SKM.pdf" in town.last(sari).text


async def test_a_file_of_another_opd_is_not_to_be_had_by_a_forged_button(town: Town) -> None:
    await town.appoint(town.people["stranger"], Role.HEAD, "DINKES")
    await document(town, "sari", "/bukti 2")
    budi = town.people["budi"]
    seen = await town.forges(budi, await town.starts(budi), "file:DINKES:1")

    assert seen.text == "Berkas ini tidak ada di antara bukti OPD tersebut."
    assert files_said_to(town, budi) == []


async def test_a_file_that_is_gone_is_said(town: Town) -> None:
    await document(town, "sari", "/bukti 2")
    [path] = kept(town)
    (shelf(town) / path).unlink()
    listed = await opened(town, "sari")
    seen = await town.presses(town.people["sari"], listed, "📄 Laporan SKM.pdf")
    healed = await document(town, "dewi", "/bukti 3")

    assert seen.text.startswith("Berkas ini tidak ditemukan di server.")
    assert "dicatat" in healed.text
    assert kept(town) == [path]


@pytest.mark.parametrize("who", ["stranger", "budi", "coordinator"])
async def test_a_link_of_another_gives_no_right(town: Town, who: str) -> None:
    said = await town.starts(town.people[who], "bukti-DIKBUD-2")
    await document(town, who)

    assert said.text.startswith("Hanya untuk")
    assert await rows(town, "DIKBUD", 2) == []


async def test_the_queue_leads_to_the_evidence_and_counts_what_has_none(town: Town) -> None:
    await document(town, "sari", "/done 2")
    await town.item("DIKBUD", 4, "Survei lagi", wita(12, 30), evidence="Laporan")
    await town.says(town.people["dewi"], "/done 4")
    rudi = town.people["coordinator"]
    queue = await town.says(rudi, "/verifikasi")
    await town.presses(rudi, queue, "🗂 Bukti (1)")
    listed = town.last(rudi)
    digest = await town.says(rudi, "/ringkasan")

    assert "2 butir (1 tanpa bukti)" in queue.text
    assert "📎 Laporan SKM.pdf" in queue.text
    assert listed.buttons == [["📄 Laporan SKM.pdf"], ["◀️ Butir"]]
    assert "Dikonfirmasi tanpa bukti: 1 butir" in digest.text


async def test_an_edited_album_in_a_group_is_none_of_ours(town: Town) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    town.bot.privacy = False
    [first, _] = sari.sends_album([b"1", b"2"], to=group, caption="Rapat pagi")
    await town.hears()
    sari.edits(first, "Rapat pagi ini")
    await town.hears()

    assert town.said_in(group) == []
