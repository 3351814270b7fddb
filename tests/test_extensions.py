"""A later deadline: who asks for it, who decides, what becomes of the item, and of the request."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Audit, Extension, Item, Opd
from db.reports import escalations
from demo.telegram import Message
from tests import golden
from tests.coordinating import end_all, rows, save, second_coordinator, shown
from tests.questions import count, resting
from tests.town import Town, wita

WHY = "menunggu pengesahan APBD"
YES, NO = "👍 Setujui", "👎 Tolak"
ASKED = "🗓 Minta perpanjangan"
NEW = wita(1, 15, year=2027)


async def ask(town: Town, text: str = f"3 15/1 {WHY}", name: str = "sari") -> Message:
    """Said in DIKBUD's group, and heard by whom it concerns."""
    said = await town.says(town.people[name], f"/perpanjang {text}", town.groups["DIKBUD"])
    await town.sends()
    return said


def letter(town: Town, name: str = "coordinator") -> Message:
    """The newest request that somebody has in private."""
    return [m for m in town.said_to(town.people[name]) if ": minta perpanjangan\n" in m.text][-1]


async def item(town: Town, number: int = 3) -> Any:
    """Its deadline, the one it began with, and whether it was moved by hand."""
    async with town.desk.view() as session:
        query = select(Item.due_at, Item.first_due_at, Item.moved_by_hand).join(Item.opd)
        query = query.where(Opd.code == "DIKBUD", Item.number == number)
        return tuple((await session.execute(query)).one())


async def outcomes(town: Town) -> list[str]:
    async with town.desk.view() as session:
        return list(await session.scalars(select(Extension.outcome).order_by(Extension.id)))


async def log(town: Town) -> list[tuple[str, str]]:
    async with town.desk.view() as session:
        query = select(Audit.verb, Audit.subject).order_by(Audit.id)
        rows_there = [tuple(row) for row in await session.execute(query)]
        return [row for row in rows_there if row[1].startswith("extension") or row[0] == "move"]


def in_group(town: Town) -> list[str]:
    return [m.text for m in town.said_in(town.groups["DIKBUD"])]


OPEN = (wita(12, 30), wita(12, 30), False)


async def test_a_request_from_the_asking_to_the_new_deadline_reads_well(town: Town) -> None:
    seen = [shown(await ask(town)), shown(letter(town))]
    await town.presses(town.people["coordinator"], letter(town), YES)
    await town.sends()
    seen += [shown(letter(town)), in_group(town)[-1]]

    golden.check("extension", "\n---\n".join(seen))


async def test_a_refusal_reads_well(town: Town) -> None:
    await ask(town)
    await town.presses(town.people["coordinator"], letter(town), NO)
    await town.sends()

    golden.check("extension-refused", "\n---\n".join([shown(letter(town)), in_group(town)[-1]]))


# asking


async def test_asking_changes_no_deadline_and_tells_every_coordinator_even_at_night(
    town: Town,
) -> None:
    await second_coordinator(town)
    town.clock.now = wita(11, 28, 22, 0)
    await ask(town)

    assert await item(town) == OPEN
    assert WHY in letter(town).text
    assert WHY in letter(town, "second").text
    assert await log(town) == [("ask_later", "extension:1")]
    assert len(await resting(town)) == 1


@pytest.mark.parametrize("name", ["dewi", "budi", "coordinator", "stranger"])
async def test_only_who_leads_the_opd_asks(town: Town, name: str) -> None:
    said = await ask(town, name=name)

    assert said.text.startswith("Hanya untuk sekretaris atau kepala Dinas")
    assert await rows(town, Extension) == 0


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("", "Sebutkan satu nomor butir."),
        ("besok saja", "Sebutkan satu nomor butir."),
        (f"1, 3 15/1 {WHY}", "Sebutkan satu nomor butir."),
        ("3", "Tanggalnya belum ada."),
        (f"3 kapan-kapan {WHY}", "“kapan-kapan"),
        (f"3 31/2 {WHY}", "“31/2"),
        (f"3 1/11/2026 {WHY}", "1 November 2026 pukul 23.59 sudah lewat."),
        ("3 15/1", "Tuliskan alasannya, sedikitnya sepuluh huruf."),
        ("3 15/1 belum", "Tuliskan alasannya"),
        (f"3 29/12 {WHY}", "Tenggat butir 3 sudah 30 Desember 2026"),
        (f"3 30/12 {WHY}", "Tenggat butir 3 sudah 30 Desember 2026"),
        (f"77 15/1 {WHY}", "Butir 77 tidak ada"),
        (f"2 15/1 {WHY}", "Butir 2 sudah dikonfirmasi"),
    ],
)
async def test_wrong_input_is_told_in_one_sentence_and_changes_nothing(
    town: Town, text: str, beginning: str
) -> None:
    await town.says(town.people["sari"], "/done 2")
    said = await ask(town, text)

    assert said.text.startswith(beginning)
    assert await rows(town, Extension) == 0


async def test_one_request_waits_at_a_time(town: Town) -> None:
    await ask(town)
    said = await ask(town, f"3 31/1 {WHY}")
    other = await ask(town, f"1 31/1 {WHY}")

    assert said.text.startswith("Perpanjangan butir 3 sampai 15 Januari 2027")
    assert other.text.startswith("🗓 DIKBUD butir 1")
    assert await outcomes(town) == ["", ""]


async def test_after_a_refusal_one_may_ask_again(town: Town) -> None:
    await ask(town)
    await town.presses(town.people["coordinator"], letter(town), NO)
    await ask(town)

    assert await outcomes(town) == ["refused", ""]


async def test_the_same_message_twice_is_one_request(town: Town) -> None:
    town.people["sari"].says(f"/perpanjang@tuntas_bot 3 15/1 {WHY}", to=town.groups["DIKBUD"])
    town.telegram.refuses_next(502, "Bad Gateway", method="sendMessage")
    await town.hears()
    assert in_group(town) == []  # the answer did not arrive
    await town.hears()
    await town.sends()

    assert in_group(town)[-1].startswith("🗓 DIKBUD butir 3: perpanjangan diminta")
    assert await outcomes(town) == [""]
    assert len([m for m in town.said_to(town.people["coordinator"]) if WHY in m.text]) == 1


async def test_the_card_asks_for_date_and_reason_until_it_waits(town: Town) -> None:
    sari = town.people["sari"]
    card = await town.says(sari, "/daftar 3")
    await town.presses(sari, card, ASKED)
    asked = town.last(sari)
    assert "tanggal baru dan alasannya" in asked.text
    await town.restarts()
    sari.says(f"15 Januari 2027, {WHY}", to=town.bot, reply_to=asked)
    await town.hears()
    card = await town.says(sari, "/daftar 3")

    assert (
        "🗓 Perpanjangan diminta s.d. 15 Januari 2027 pukul 23.59 WITA, menunggu keputusan"
        in card.text
    )
    assert ["⚠️ Kendala"] in card.buttons
    assert await outcomes(town) == [""]


async def test_an_operators_card_has_no_such_button(town: Town) -> None:
    card = await town.says(town.people["dewi"], "/daftar 3")

    assert ["⚠️ Kendala"] in card.buttons


# deciding


async def test_granting_moves_the_deadline_and_keeps_the_first_for_ever(town: Town) -> None:
    await ask(town)
    before = len(in_group(town))
    await town.presses(town.people["coordinator"], letter(town), YES)
    await town.sends()
    await town.minute()

    assert await item(town) == (NEW, wita(12, 30), True)
    assert [t for t in in_group(town)[before:] if "disetujui" in t] != []
    assert len([t for t in in_group(town)[before:] if "15 Januari 2027" in t]) == 1
    assert [verb for verb, _ in await log(town)] == ["ask_later", "grant", "move"]
    assert await count(town, "move") == 1
    assert len(await resting(town)) == 0


async def test_reminders_follow_the_new_deadline(town: Town) -> None:
    await ask(town)
    await town.presses(town.people["coordinator"], letter(town), YES)
    await town.says(town.people["sari"], "/done 1, 2", town.groups["DIKBUD"])

    async def reminded(moment: datetime) -> bool:
        said = len(in_group(town))
        await town.at(moment)
        return any("Foto loket" in t for t in in_group(town)[said:] if t.startswith("⏰"))

    assert not await reminded(wita(12, 30, 9, 0))
    assert await reminded(wita(1, 8, 9, 0, year=2027))


async def test_refusing_leaves_the_deadline(town: Town) -> None:
    await ask(town)
    await town.presses(town.people["coordinator"], letter(town), NO)
    await town.sends()

    assert await item(town) == OPEN
    assert in_group(town)[-1].startswith("👎 Perpanjangan DIKBUD butir 3 ditolak")
    assert await outcomes(town) == ["refused"]
    assert len(await resting(town)) == 0


async def test_the_first_decision_counts_and_the_second_presser_is_told_whose(
    town: Town,
) -> None:
    maya = await second_coordinator(town)
    await ask(town)
    first, second = letter(town), letter(town, "second")
    town.people["coordinator"].presses(first, NO)
    seen = maya.presses(second, YES)
    await town.hears()
    await town.sends()

    assert seen.text.startswith("👎 Ditolak oleh Rudi Hartono, Koordinator, 24 Nov pukul 10.00.")
    assert second.buttons == []
    assert await item(town) == OPEN
    assert await outcomes(town) == ["refused"]
    assert sum("ditolak" in text for text in in_group(town)) == 1


async def test_a_press_that_arrives_twice_decides_once(town: Town) -> None:
    await ask(town)
    seen = town.people["coordinator"].presses(letter(town), YES)
    for method in ("answerCallbackQuery", "editMessageText"):
        town.telegram.refuses_next(502, "Bad Gateway", method=method)
    await town.hears()
    assert letter(town).buttons != []  # the answer did not arrive
    await town.hears()
    await town.sends()

    assert seen.text == ""
    assert await count(town, "move") == 1
    assert sum("disetujui" in text for text in in_group(town)) == 1


async def test_a_decision_after_a_restart(town: Town) -> None:
    await ask(town)
    await town.restarts()
    await town.presses(town.people["coordinator"], letter(town), YES)

    assert await outcomes(town) == ["granted"]


@pytest.mark.parametrize("data", ["grant:1:0", "deny:1:0", "grant:1:1", "showlater:1"])
@pytest.mark.parametrize("name", ["sari", "auditor", "stranger"])
async def test_no_other_post_decides(town: Town, name: str, data: str) -> None:
    said = await ask(town)
    seen = await town.forges(town.people[name], said, data)

    assert seen.text.startswith("Hanya untuk koordinator (Bagian Organisasi) atau Sekretaris")
    assert await outcomes(town) == [""]


async def test_who_is_coordinator_no_more_decides_no_more(town: Town) -> None:
    await ask(town)
    await end_all(town, "coordinator")
    await town.presses(town.people["coordinator"], letter(town), YES)

    assert await outcomes(town) == [""]


async def test_a_forged_number_is_told_so(town: Town) -> None:
    await ask(town)
    seen = await town.forges(town.people["coordinator"], letter(town), "grant:99:0")

    assert seen.text == "Permintaan perpanjangan ini tidak ada."


# what makes it moot


async def confirm(town: Town) -> None:
    await town.says(town.people["sari"], "/done 3", town.groups["DIKBUD"])


async def move(town: Town) -> None:
    await save(town, "/ubah DIKBUD 3 H+50")


async def drop(town: Town) -> None:
    await save(town, "/hapus DIKBUD 3 tidak berlaku lagi")


async def exclude(town: Town) -> None:
    text = "/tidak_relevan DIKBUD 3 tidak memberi layanan langsung"
    await town.says(town.people["coordinator"], text)


async def confirm_and_take_back(town: Town) -> None:
    await confirm(town)
    await town.says(town.people["sari"], "/batalkan 3", town.groups["DIKBUD"])


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (confirm, "butir sudah dikonfirmasi"),
        (move, "tenggat sudah diubah"),
        (drop, "butir sudah dihapus"),
        (exclude, "butir tidak relevan"),
        (confirm_and_take_back, "butir pernah dikonfirmasi sesudahnya"),
    ],
)
async def test_it_is_moot_when_its_item_changes(town: Town, happens: Any, why: str) -> None:
    await ask(town)
    told = letter(town)
    await happens(town)
    due = await item(town)
    seen = await town.presses(town.people["coordinator"], told, YES)

    assert seen.text == f"Tidak berlaku lagi: {why}."
    assert told.buttons == []
    assert await outcomes(town) == ["moot"]
    assert await item(town) == due
    assert ("moot", "extension:1") in await log(town)
    assert len(await resting(town)) == 0


async def test_a_date_that_went_by_cannot_be_granted_and_pauses_nothing(town: Town) -> None:
    await ask(town, f"1 27/11 {WHY}")
    assert len(await resting(town)) == 1
    town.clock.now = wita(11, 28, 9, 0)
    assert len(await resting(town)) == 0
    seen = await town.presses(town.people["coordinator"], letter(town), YES)
    again = await ask(town, f"1 15/12 {WHY}")

    assert seen.text == "Tidak berlaku lagi: tanggal yang diminta sudah lewat."
    assert again.text.startswith("🗓 DIKBUD butir 1: perpanjangan diminta")
    assert await outcomes(town) == ["moot", ""]


async def test_a_letter_that_waited_is_not_sent_once_it_is_moot(town: Town) -> None:
    await town.says(town.people["sari"], f"/perpanjang 3 15/1 {WHY}")
    await confirm(town)
    await town.sends()

    assert not [m for m in town.said_to(town.people["coordinator"]) if WHY in m.text]


async def test_a_granted_deadline_that_was_moved_again_is_not_told(town: Town) -> None:
    await ask(town)
    await town.presses(town.people["coordinator"], letter(town), YES)
    await move(town)
    await town.sends()

    assert not any("disetujui" in text for text in in_group(town))
    assert "Tenggat diubah" in in_group(town)[-1]


async def test_an_escalation_rests_until_the_date_that_was_asked_for(town: Town) -> None:
    """Nobody decides: the pause is not for ever."""
    await ask(town, f"1 27/11 {WHY}")
    rests = []
    for moment in (wita(11, 26, 9, 0), wita(11, 30, 9, 0)):
        async with town.desk.view() as session:
            late = await escalations.late(session, town.desk.calendar, moment)
            rests.append([one.rests for one in late if (one.code, one.number) == ("DIKBUD", 1)])

    assert rests == [[True], [False]]


# the Sekda


def decisions(text: str) -> list[str]:
    _, _, rest = text.partition("Keputusan")
    return [line for line in rest.split("\n\n")[0].split("\n")[1:] if line]


async def test_the_sekda_decides_under_the_digest(town: Town) -> None:
    sekda = town.people["sekda"]
    await ask(town)
    await town.at(wita(11, 24, 16, 0))
    assert "Keputusan" not in town.last(sekda).text
    await town.at(wita(11, 25, 16, 0))
    digest, text = town.last(sekda), town.last(sekda).text
    assert decisions(text) == ["DIKBUD 3: minta perpanjangan s.d. 15 Jan"]
    assert digest.buttons[0] == ["🗓 DIKBUD 3", YES, NO]
    assert (await town.says(sekda, "/ringkasan")).text == text
    await town.presses(sekda, digest, "🗓 DIKBUD 3")
    assert f"Alasan: {WHY}" in town.last(sekda).text
    await town.presses(sekda, digest, YES)
    assert "OPD diberi tahu." in town.last(sekda).text
    left = [label for row in digest.buttons for label in row]
    seen = await town.forges(sekda, digest, "deny:1:1")
    await town.sends()

    assert digest.text == text
    assert "🗓 DIKBUD 3" in left
    assert not {YES, NO} & set(left)
    assert seen.text.startswith("👍 Disetujui oleh Hasan Basri, Sekretaris Daerah, 25 Nov")
    assert await item(town) == (NEW, wita(12, 30), True)
    assert "Oleh Hasan Basri, Sekretaris Daerah" in in_group(town)[-1]
    assert "disetujui" in town.last(town.people["coordinator"]).text
    assert "Keputusan" not in (await town.says(sekda, "/ringkasan")).text


async def test_what_is_moot_waits_for_nobody(town: Town) -> None:
    await ask(town)
    await confirm(town)
    await town.at(wita(11, 26, 16, 0))

    assert "Keputusan" not in town.last(town.people["sekda"]).text
