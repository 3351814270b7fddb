"""The coordinator or the Sekda reminds OPD now: once per OPD and working day."""

from __future__ import annotations

from sqlalchemy import select

from db.models import Audit, Owed, Role
from demo.telegram import Message
from tests import golden
from tests.town import Town, wita


def nudges(town: Town, code: str) -> list[Message]:
    return [m for m in town.said_in(town.groups[code]) if m.text.startswith("📣")]


async def test_an_opd_hears_at_once_and_who_sent_it_is_told(town: Town) -> None:
    answer = await town.says(town.people["sekda"], "/ingatkan DIKBUD")
    await town.sends()

    [told] = nudges(town, "DIKBUD")
    golden.check("nudge", f"{told.text}\n{told.buttons}")
    assert answer.text == "Diingatkan: DIKBUD."
    assert not nudges(town, "DINKES")


async def test_it_says_which_post_reminds_and_nobodys_name(town: Town) -> None:
    """Also where that post has another holder by the time it leaves."""
    lina = town.telegram.person("Lina Marlina")
    await town.says(town.people["coordinator"], "/ingatkan DINKES")
    await town.says(town.people["sekda"], "/ingatkan DIKBUD")
    await town.appoint(lina, Role.SEKDA)
    await town.sends()

    [by_bagian], [by_sekda] = nudges(town, "DINKES"), nudges(town, "DIKBUD")
    assert "\nBagian Organisasi mengingatkan: 1 butir belum dikonfirmasi." in by_bagian.text
    assert "\nSekretaris Daerah mengingatkan: 3 butir" in by_sekda.text
    for name in ("Rudi", "Hasan", "Lina"):
        assert name not in by_bagian.text + by_sekda.text


async def test_a_nudge_that_an_older_version_owed_is_said_without_its_post(town: Town) -> None:
    await town.says(town.people["sekda"], "/ingatkan DIKBUD")
    async with town.desk.transaction() as session:
        owed = (await session.scalars(select(Owed).where(Owed.kind == "nudge"))).one()
        owed.facts = {name: fact for name, fact in owed.facts.items() if name != "tenure"}
    await town.sends()

    assert "\nPengingat: 3 butir belum dikonfirmasi" in nudges(town, "DIKBUD")[0].text


async def test_once_a_day_whoever_sends_it(town: Town) -> None:
    await town.says(town.people["sekda"], "/ingatkan DIKBUD")
    answer = await town.says(town.people["coordinator"], "/ingatkan semua")
    await town.sends()
    town.clock.now = wita(11, 25, 9, 0)
    again = await town.says(town.people["coordinator"], "/ingatkan DIKBUD")
    await town.sends()

    assert answer.text == "Diingatkan: DINKES.\nSudah diingatkan hari ini: DIKBUD."
    assert again.text == "Diingatkan: DIKBUD."
    assert (len(nudges(town, "DIKBUD")), len(nudges(town, "DINKES"))) == (2, 1)


async def test_an_opd_that_has_finished_is_left_in_peace(town: Town) -> None:
    await town.says(town.people["budi"], "/done 1")
    answer = await town.says(town.people["coordinator"], "/ingatkan DINKES")
    await town.sends()

    assert answer.text == "Semua selesai: DINKES."
    assert not nudges(town, "DINKES")


async def test_what_is_finished_before_it_leaves_is_not_sent(town: Town) -> None:
    await town.says(town.people["coordinator"], "/ingatkan DINKES")
    await town.says(town.people["budi"], "/done 1")
    await town.sends()

    assert not nudges(town, "DINKES")


async def test_under_the_digest_those_that_are_late(town: Town) -> None:
    sekda = town.people["sekda"]
    digest = await town.says(sekda, "/ringkasan")
    seen = await town.presses(sekda, digest, "📣 Ingatkan OPD yang terlambat")
    await town.sends()

    assert seen.text == "Diingatkan: DIKBUD."
    assert len(nudges(town, "DIKBUD")) == 1
    assert not nudges(town, "DINKES")


async def test_a_quiet_digest_has_no_such_button(town: Town) -> None:
    await town.says(town.people["sari"], "/done 1-3")

    assert (await town.says(town.people["sekda"], "/ringkasan")).buttons == []


async def test_an_auditor_reads_and_does_not_nudge(town: Town) -> None:
    wati = town.people["auditor"]
    digest = await town.says(wati, "/ringkasan")
    seen = await town.forges(wati, digest, "nudge")
    await town.sends()

    assert digest.buttons == []
    assert seen.text.startswith("Hanya untuk")
    assert not nudges(town, "DIKBUD")


async def test_an_opd_without_anybody_is_named(town: Town) -> None:
    await town.opd("DISHUB", "Dinas Perhubungan")
    await town.item("DISHUB", 1, "Standar pelayanan", wita(12, 30))
    answer = await town.says(town.people["coordinator"], "/ingatkan DISHUB, DINKES")

    assert answer.text == "Diingatkan: DINKES.\nTidak terjangkau: DISHUB."


async def test_the_same_message_arriving_again_gets_the_same_answer(town: Town) -> None:
    rudi = town.people["coordinator"]
    rudi.says("/ingatkan DIKBUD", to=town.bot)
    await town.hears_but_dies()
    first = town.last(rudi).text
    await town.hears()
    await town.sends()

    assert town.last(rudi).text == first == "Diingatkan: DIKBUD."
    assert len(nudges(town, "DIKBUD")) == 1


async def test_the_log_tells_who(town: Town) -> None:
    await town.says(town.people["sekda"], "/ingatkan semua")
    async with town.desk.view() as session:
        entries = list(await session.scalars(select(Audit).where(Audit.verb == "nudge")))

    assert [entry.subject for entry in entries] == ["DIKBUD", "DINKES"]
    assert {entry.user_id for entry in entries} == {town.people["sekda"].id}
