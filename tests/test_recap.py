"""/rekap: the table behind the digest, and readiness by the official weights."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import select

from db.models import Indicator, Item, Opd, Programme
from db.reports import digest, recap
from tests import golden
from tests.town import Town, wita

ASPECTS = {"Kebijakan": 2400, "Sarana": 1800}
INDICATORS = (
    (1, "Kebijakan", 6000, "Standar pelayanan ditetapkan", "lama (perlu kegiatan)"),
    (2, "Kebijakan", 4000, "Maklumat pelayanan dipublikasikan", "cepat"),
    (3, "Sarana", 10000, "Sarana bagi kelompok rentan", "sedang"),
)


async def programme(town: Town, *codes: str) -> None:
    """Each of these OPD gets the three indicators, as its items 11 to 13."""
    async with town.desk.transaction() as session:
        found = Programme(code="PEKPPP-2026")
        session.add(found)
        await session.flush()
        for number, aspect, weight, title, lead_time in INDICATORS:
            made = Indicator(
                programme_id=found.id, number=number, code=f"{number}.a", aspect=aspect,
                aspect_weight=ASPECTS[aspect], weight_in_aspect=weight, title=title,
                evidence="", evidence_form="", evidence_freshness="", lead_time=lead_time,
            )  # fmt: skip
            session.add(made)
            await session.flush()
            for opd in await session.scalars(select(Opd).where(Opd.code.in_(codes))):
                due = {"due_at": wita(12, 30), "first_due_at": wita(12, 30)}
                session.add(Item(
                    opd_id=opd.id, number=10 + number, title=title, weight=made.weight,
                    indicator_id=made.id, due_zone="Asia/Makassar", **due,
                ))  # fmt: skip


async def test_the_table_reads_well_on_a_phone(town: Town) -> None:
    await programme(town, "DIKBUD", "DINKES")
    await town.says(town.people["sari"], "/done 11, 12")
    await town.says(town.people["budi"], "/done 13")
    table = await town.says(town.people["sekda"], "/rekap")

    golden.check("recap", table.text)
    rows = table.text.partition("Jumlah")[0].splitlines()
    assert max(map(len, rows)) <= 40


async def test_one_opd_by_aspects_and_what_would_gain_it_most(town: Town) -> None:
    await programme(town, "DIKBUD", "DINKES")
    await town.says(town.people["sari"], "/done 11")

    golden.check("recap-opd", (await town.says(town.people["auditor"], "/rekap dikbud")).text)


async def test_readiness_is_the_share_of_the_official_weights(town: Town) -> None:
    await programme(town, "DIKBUD")
    await town.says(town.people["sari"], "/done 11, 13")
    async with town.desk.view() as session:
        [opd_id] = await session.scalars(select(Opd.id).where(Opd.code == "DIKBUD"))
        found = await recap.readiness(session, town.clock.now, opd_id)

    by_aspect = {row.name: row.counts.readiness for row in found.aspects}
    assert by_aspect == {"Kebijakan": 6000, "Sarana": 10000}
    weights = 240 + 24 * 60 + 24 * 40 + 18 * 100  # the first item of the OPD has one of its own
    assert found.counts.readiness == (24 * 60 + 18 * 100) * 10_000 // weights
    assert [gain.number for gain in found.gains] == [12]


async def test_what_gains_most_is_weight_times_those_who_lack_it_and_the_quick_first(
    town: Town,
) -> None:
    await programme(town, "DIKBUD", "DINKES")
    await town.says(town.people["sari"], "/done 12")
    async with town.desk.view() as session:
        found = await recap.readiness(session, town.clock.now)

    assert [(gain.missing, gain.worth) for gain in found.gains] == [
        (1, 24 * 40),
        (2, 2 * 18 * 100),
        (2, 2 * 24 * 60),
    ]


async def test_its_sum_is_the_digest_of_the_same_moment(town: Town) -> None:
    await town.says(town.people["sari"], "/done 1, 2")
    town.clock.now += timedelta(days=40)
    async with town.desk.view() as session:
        sums = (await recap.recap(session, 1, town.clock.now)).sum
        told = await digest.digest(session, town.desk.calendar, town.clock.now, 0)
        rows = (await recap.recap(session, 1, town.clock.now)).rows

    assert (sums.total, sums.confirmed, sums.verified, sums.late) == (
        told.numbers.total, told.numbers.confirmed, told.numbers.verified, told.numbers.late,
    )  # fmt: skip
    assert sums.unproven == told.unproven == 1
    assert sum(row.counts.late for row in rows) == sums.late == 2


async def test_who_is_in_trouble_stands_first(town: Town) -> None:
    """Most that is late, then the least ready, then what has no weights."""
    await town.opd("BPBD", "Badan Penanggulangan Bencana Daerah")
    await programme(town, "DIKBUD", "DINKES")
    for number in (7, 8):
        await town.item("DINKES", number, "Laporan", wita(11, 20))
    await town.says(town.people["sari"], "/done 1, 11, 12, 13")
    table = await town.says(town.people["sekda"], "/rekap")
    assert re.findall(r"^(BPBD|DIK\w+|DIN\w+) ", table.text, re.M) == ["DINKES", "DIKBUD", "BPBD"]
    await town.says(town.people["budi"], "/done 7, 8, 11")
    table = await town.says(town.people["sekda"], "/rekap")

    assert re.findall(r"^(BPBD|DIK\w+|DIN\w+) ", table.text, re.M) == ["DINKES", "DIKBUD", "BPBD"]
    await town.says(town.people["sari"], "/batalkan 11, 12, 13")
    table = await town.says(town.people["sekda"], "/rekap")
    assert re.findall(r"^(BPBD|DIK\w+|DIN\w+) ", table.text, re.M) == ["DIKBUD", "DINKES", "BPBD"]


async def test_many_opd_come_in_pages(town: Town) -> None:
    for n in range(60):
        await town.opd(f"KEC{n:03}", f"Kecamatan {n}", "kecamatan")
    sekda = town.people["sekda"]
    table = await town.says(sekda, "/rekap")
    first = re.findall(r"KEC\d+", table.text)
    await town.presses(sekda, table, "▶️")

    assert len(first) == recap.PER_PAGE - 2
    assert len(re.findall(r"KEC\d+", table.text)) == 60 - len(first)
    assert "Kesiapan per aspek" not in table.text


async def test_an_opd_that_does_not_exist_is_named_with_the_closest(town: Town) -> None:
    answer = await town.says(town.people["sekda"], "/rekap DINKS")

    assert "DINKES" in answer.text
