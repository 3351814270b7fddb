"""What is open, as a list: those who decide see all of it at any time and act on it, an OPD sees
its own."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.models import Audit, Extension, Role
from demo.telegram import Message
from tests import golden
from tests.coordinating import refused, shown
from tests.test_start import token_for
from tests.town import Town, wita

NONE = "Tidak ada kendala terbuka"
NEW = "/kendala 3 server mati sejak Senin"


async def stage(town: Town) -> None:
    """On Friday three matters are open: K1 since Tuesday, answered; a request since Wednesday;
    K2 of another OPD since today. K3 is closed."""
    sari, rudi = town.people["sari"], town.people["coordinator"]
    await town.says(sari, "/kendala 1 sarana: server mati sejak Senin", town.groups["DIKBUD"])
    await town.at(wita(11, 25, 9, 0))
    await town.says(sari, "/perpanjang 3 15/1/2027 menunggu pengesahan APBD")
    await town.says(rudi, "/jawab K1 pakai server cadangan Kominfo")
    await town.at(wita(11, 27, 9, 0))
    await town.says(town.people["budi"], "/kendala 1 anggaran belum cair")
    await town.says(sari, "/kendala 2 data belum masuk dari sekolah")
    await town.says(rudi, "/tutup K3")
    await town.sends()


async def log(town: Town) -> list[tuple[str, str, int | None]]:
    """Since Friday, of who decides."""
    async with town.desk.view() as session:
        query = select(Audit.verb, Audit.subject, Audit.user_id).where(
            Audit.verb.in_(["answer", "close", "forward", "grant", "refuse", "move"]),
            Audit.at >= wita(11, 27, 9, 30),
        )
        return [tuple(row) for row in await session.execute(query.order_by(Audit.id))]


def on_phone(message: Message) -> str:
    return "\n".join(golden.on_phone(shown(message)))


async def many(town: Town, most: int) -> None:
    """As many obstacles of DIKBUD, one a minute."""
    for number in range(11, 11 + most):
        await town.item("DIKBUD", number, f"Butir {number}", wita(12, 30))
        await town.says(town.people["sari"], f"/kendala {number} anggaran belum cair")
        await town.later(minutes=1)


# those who decide


async def test_the_sekda_sees_what_is_open_and_settles_it(town: Town) -> None:
    """The list, what opens below it, an answer and a decision, what the OPD hears, and the list
    once more."""
    await stage(town)
    town.clock.now = wita(11, 27, 10, 0)
    sekda = town.people["sekda"]
    listed = await town.says(sekda, "/jawab")
    seen, text = [on_phone(listed)], listed.text
    await town.presses(sekda, listed, "⚠️ K2 DINKES")
    seen.append(on_phone(town.last(sekda)))
    await town.presses(sekda, town.last(sekda), "💬 Jawab")
    sekda.says("masuk pergeseran anggaran", to=town.bot, reply_to=town.last(sekda))
    await town.hears()
    await town.presses(sekda, town.last(sekda), "✔️ Tutup K2")
    await town.presses(sekda, listed, "👍 Setujui")
    await town.sends()
    seen += [on_phone(town.last(sekda)), on_phone(await town.says(sekda, "/jawab"))]
    async with town.desk.view() as session:
        outcomes = list(await session.scalars(select(Extension.outcome)))

    golden.check("matters", "\n---\n".join(seen))
    assert listed.text == text
    assert town.groups["DINKES"].last.text.startswith("✔️ Kendala K2")
    assert town.groups["DIKBUD"].last.text.startswith("👍 Perpanjangan DIKBUD butir 3 disetujui")
    assert outcomes == ["granted"]
    assert [(verb, subject) for verb, subject, who in await log(town) if who == sekda.id] == [
        ("answer", "K2"), ("close", "K2"), ("grant", "extension:1"), ("move", "DIKBUD"),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["coordinator", "sekda"])
@pytest.mark.parametrize(
    "said", ["/kendala", "/perpanjang", "/perpanjangan", "/perpanjangan DIKBUD 3", "/kendalah"]
)
async def test_what_they_cannot_ask_for_leads_them_to_the_list(
    town: Town, who: str, said: str
) -> None:
    await stage(town)
    person = town.people[who]
    listed = await town.says(person, "/jawab")
    also = await town.says(person, said)

    assert (also.text, also.buttons) == (listed.text, listed.buttons)
    assert await refused(town) == []


async def test_a_coordinator_opens_it_with_the_acts_of_their_post(town: Town) -> None:
    await stage(town)
    rudi = town.people["coordinator"]
    listed = await town.says(rudi, "/jawab")
    await town.presses(rudi, listed, "⚠️ K1 DIKBUD")

    assert town.last(rudi).buttons == [["💬 Jawab", "✔️ Tutup"], ["⬆️ Teruskan ke Sekda"]]


async def test_what_was_passed_on_stands_first_and_says_so(town: Town) -> None:
    await stage(town)
    rudi = town.people["coordinator"]
    await town.presses(rudi, await town.says(rudi, "/jawab"), "⚠️ K2 DINKES")
    await town.presses(rudi, town.last(rudi), "⬆️ Teruskan ke Sekda")
    listed = await town.says(rudi, "/jawab")

    assert listed.buttons[0] == ["⚠️ K2 DINKES", "💬 Jawab"]
    assert listed.text.count("⬆️ Sudah diteruskan ke Sekda") == 1


async def test_many_are_turned_in_place(town: Town) -> None:
    await many(town, 11)
    rudi = town.people["coordinator"]
    listed = await town.says(rudi, "/jawab")
    bubbles = len(town.said_to(rudi))
    assert [row[0] for row in listed.buttons[:-1]] == [f"⚠️ K{n} DIKBUD" for n in range(1, 6)]
    assert listed.buttons[-1] == ["▶️"]
    await town.presses(rudi, listed, "▶️")
    await town.says(town.people["coordinator"], "/tutup K11")
    await town.presses(rudi, listed, "▶️")

    assert "Halaman 2 dari 2." in listed.text  # the third is gone meanwhile
    assert [row[0] for row in listed.buttons[:-1]] == [f"⚠️ K{n} DIKBUD" for n in range(6, 11)]
    assert listed.buttons[-1] == ["◀️"]
    assert len(town.said_to(rudi)) == bubbles + 1  # the receipt of /tutup


async def test_it_follows_what_others_settle(town: Town) -> None:
    await stage(town)
    rudi, sekda = town.people["coordinator"], town.people["sekda"]
    listed = await town.says(sekda, "/jawab")
    of_opd = await town.says(town.people["budi"], "/kendala")
    await town.presses(rudi, await town.says(rudi, "/jawab"), "👎 Tolak")
    await town.later(seconds=3)
    assert [row[0] for row in listed.buttons] == ["⚠️ K1 DIKBUD", "⚠️ K2 DINKES"]
    assert "🗓" not in listed.text
    assert "K2" in of_opd.text
    await town.says(rudi, "/tutup K1")
    await town.says(rudi, "/tutup K2")
    await town.later(seconds=3)

    assert listed.text.startswith(NONE)
    assert listed.buttons == of_opd.buttons == []
    assert of_opd.text.startswith(NONE)


async def test_nothing_open_is_said_in_one_sentence(town: Town) -> None:
    said = await town.says(town.people["sekda"], "/jawab")

    assert said.text == "Tidak ada kendala terbuka atau permintaan perpanjangan yang menunggu."
    assert said.buttons == []


async def test_of_an_item_that_counts_no_more_nothing_is_listed(town: Town) -> None:
    await stage(town)
    rudi = town.people["coordinator"]
    await town.says(rudi, "/tidak_relevan DINKES 1 tidak memberi layanan langsung")

    assert "K2" not in (await town.says(rudi, "/jawab")).text


async def test_of_a_confirmed_item_it_says_so(town: Town) -> None:
    await stage(town)
    await town.says(town.people["budi"], "/done 1")

    assert (
        "✅ Butirnya sudah dikonfirmasi" in (await town.says(town.people["sekda"], "/jawab")).text
    )


async def test_in_an_opds_group_nothing_of_another_is_told(town: Town) -> None:
    await stage(town)
    said = await town.says(town.people["coordinator"], "/jawab", town.groups["DIKBUD"])
    none = await town.says(town.people["sekda"], "/jawab", town.groups["DINKES"])

    assert "K1" in said.text
    assert "DINKES" not in said.text
    assert "DIKBUD" not in none.text
    assert [row[0] for row in none.buttons] == ["⚠️ K2 DINKES"]


async def test_under_a_digest_that_names_three_a_button_leads_to_all(town: Town) -> None:
    await many(town, 4)
    await town.at(wita(11, 25, 16, 0))
    sekda = town.people["sekda"]
    digest, text = town.last(sekda), town.last(sekda).text
    await town.presses(sekda, digest, "📂 Semua kendala dan permintaan")

    assert digest.text == text
    assert town.last(sekda).text.startswith("Semua OPD\nKendala terbuka: 4")
    assert len((await town.says(town.people["auditor"], "/ringkasan")).buttons) == 0


async def test_at_its_worst_a_page_is_one_message(town: Town) -> None:
    """Long titles and words, with what looks like markup; each answered at length."""
    sari, rudi = town.people["sari"], town.people["coordinator"]
    long = "<b>belum</b> & " * 20
    for number in range(11, 16):
        await town.item("DIKBUD", number, "<i>Butir</i> & panjang " * 12, wita(12, 30))
        await town.says(sari, f"/kendala {number} kewenangan: {long}")
        await town.says(rudi, f"/jawab K{number - 10} {long}")
    before = len(town.said_to(rudi))
    listed = await town.says(rudi, "/jawab")

    assert len(town.said_to(rudi)) == before + 1
    assert listed.text.count("<b>belum</b> &") >= 10
    assert len(listed.text) <= 3000
    assert listed.buttons[4] == ["⚠️ K5 DIKBUD", "💬 Jawab"]


# an OPD


async def test_an_opd_sees_its_own_and_how_to_tell_of_another(town: Town) -> None:
    await stage(town)
    dewi = town.people["dewi"]
    said = await town.says(dewi, "/kendala", town.groups["DIKBUD"])
    golden.check("matters-opd", on_phone(said))
    await town.presses(dewi, said, "📄 Butir 1")

    assert said.text.startswith("1. Maklumat pelayanan")
    assert "⚠️ K1 Sarana/aplikasi: server mati sejak Senin" in said.text


async def test_where_nothing_is_open_an_opd_still_hears_how_to_tell_of_it(town: Town) -> None:
    said = await town.says(town.people["budi"], "/kendala")

    assert said.text.startswith(f"{NONE} atau permintaan perpanjangan yang menunggu di Dinas Kes")
    assert NEW in said.text


async def test_an_opd_turns_its_own_pages_and_no_others(town: Town) -> None:
    await many(town, 6)
    sari = town.people["sari"]
    said = await town.says(sari, "/kendala", town.groups["DIKBUD"])
    await town.presses(sari, said, "▶️")
    assert said.buttons == [["📄 Butir 16"], ["◀️"]]
    seen = [
        await town.presses(town.people["budi"], said, "◀️"),
        await town.presses(town.people["stranger"], said, "◀️"),
        await town.presses(town.people["auditor"], said, "◀️"),
        await town.forges(sari, said, "open:-:1:0"),
        await town.forges(sari, said, "open:DINKES:1:0"),
    ]

    assert all(pop_up.text.startswith("Hanya untuk") for pop_up in seen)
    assert said.buttons == [["📄 Butir 16"], ["◀️"]]
    assert [subject for _, subject in await refused(town)] == ["open"] * 5


async def test_who_leads_an_opd_and_coordinates_gets_either_list(town: Town) -> None:
    """As the secretary of an office that coordinates may: the one that is meant."""
    await stage(town)
    rudi = town.people["coordinator"]
    await town.appoint(rudi, Role.SECRETARY, "DINKES")
    own = await town.says(rudi, "/kendala")
    everything = await town.says(rudi, "/jawab")
    in_another = await town.says(rudi, "/kendala", town.groups["DIKBUD"])

    assert own.text.startswith("Dinas Kesehatan")
    assert NEW in own.text
    assert everything.text.startswith("Semua OPD")
    assert in_another.text.startswith("Dinas Pendidikan")
    assert NEW not in in_another.text


async def test_who_has_two_opd_is_asked_which(town: Town) -> None:
    await stage(town)
    sari = town.people["sari"]
    await town.appoint(sari, Role.OPERATOR, "DINKES")
    question = await town.says(sari, "/kendala")
    await town.presses(sari, question, "Dinas Kesehatan")

    assert "K2" in town.last(sari).text
    assert "K1" not in town.last(sari).text


@pytest.mark.parametrize("who", ["auditor", "stranger"])
@pytest.mark.parametrize("said", ["/jawab", "/kendala", "/perpanjang"])
async def test_nobody_else_gets_the_list(town: Town, who: str, said: str) -> None:
    await stage(town)
    for place in (None, town.groups["DIKBUD"]):
        answer = await town.says(town.people[who], said, place)
        assert answer.text.startswith("Hanya untuk")

    suggested = await town.says(town.people[who], "/perpanjangan")
    assert suggested.text == "Perintah itu tidak dikenal, mungkin maksud Anda /perpanjang."


# who is new


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SEKDA])
async def test_who_is_new_hears_what_is_open_and_opens_it(town: Town, role: Role) -> None:
    await stage(town)
    await town.says(town.people["sari"], "/done 2")
    await town.says(town.people["coordinator"], "/kembalikan DIKBUD 2 laporan belum lengkap")
    lina = town.telegram.person("Lina Marlina")
    told = await town.starts(lina, await token_for(town, role))
    golden.check(f"briefing-{role.value}-open", on_phone(told))
    await town.presses(lina, told, "📂 Semua kendala dan permintaan")

    assert town.last(lina).text == (await town.says(lina, "/jawab")).text
    assert [row[0] for row in town.last(lina).buttons] == [
        "⚠️ K1 DIKBUD", "🗓 DIKBUD 3", "⚠️ K2 DINKES",
    ]  # fmt: skip


async def test_an_auditor_hears_what_is_open_and_gets_no_button_for_it(town: Town) -> None:
    await stage(town)
    lina = town.telegram.person("Lina Marlina")
    told = await town.starts(lina, await token_for(town, Role.AUDITOR))

    assert "Kendala terbuka: K1, K2." in told.text
    assert "/jawab" not in told.text
    assert told.buttons == []


async def test_a_new_secretary_hears_where_to_read_of_it(town: Town) -> None:
    await stage(town)
    lina = town.telegram.person("Lina Marlina")
    told = await town.starts(lina, await token_for(town, Role.SECRETARY, "DIKBUD"))

    assert "Kendala terbuka: K1.\nSelengkapnya: /kendala" in told.text
