"""Checklists from files: every row accounted for, numbers kept, nothing moved behind a back."""

from __future__ import annotations

import io
import time
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select, update

from bot.cli.deadlines import Reader
from config import kendari
from db import audit
from db.act import Act
from db.due import Due
from db.load import checklist, opd, tables
from db.load.checklist import NoSuchOpd, Wish
from db.load.numbering import ranges
from db.load.shown import Outcome, Report
from db.models import Audit, Event, Heard, Indicator, Item, Opd, Owed, Programme, State
from tests import golden
from tests.test_load_opd import outcomes, workbook
from tests.town import Town, wita

SOON, LATER = wita(12, 30), wita(3, 31, year=2027)
LIST = "number,title,evidence\n1,Standar pelayanan,SK\n2,Maklumat,Foto\n3,Survei,\n"


def due(at: datetime = SOON) -> Due:
    return Due(at, "Asia/Makassar")


async def load(
    town: Town,
    content: str | bytes = LIST,
    *,
    programme: str = "PEKPPP-2026",
    at: datetime | None = SOON,
    opd: Collection[str] = (),
    kinds: Collection[str] = (),
    force: bool = False,
    save: bool = True,
) -> Report:
    """As the command line does it; each time is an act of its own."""
    data = content.encode() if isinstance(content, str) else content
    wish = Wish(programme, due(at) if at else None, opd, kinds, force)
    town.clock.now += timedelta(seconds=1)
    act = Act(town.clock.now, f"cli:{town.clock.now}")
    read_due = Reader(town.desk.settings).written
    async with town.desk.transaction() as session:
        return await checklist.load(
            session, act, town.desk.calendar, tables.read(data), wish, read_due, save=save
        )


async def items(town: Town, code: str) -> list[Item]:
    async with town.desk.view() as session:
        query = select(Item).join(Item.opd).where(Opd.code == code).order_by(Item.number)
        return list(await session.scalars(query))


async def numbers(town: Town, code: str) -> list[int]:
    return [item.number for item in await items(town, code)]


async def count(town: Town, noun: type) -> int:
    async with town.desk.view() as session:
        return await session.scalar(select(func.count()).select_from(noun)) or 0


async def change(town: Town, number: int, **values: object) -> None:
    """Something that happened to the items of this number meanwhile."""
    async with town.desk.transaction() as session:
        await session.execute(update(Item).where(Item.number == number).values(**values))


def details(report: Report) -> list[str]:
    return [line.detail for line in report.lines]


@pytest.fixture
async def two(bare_town: Town) -> Town:
    """A dinas and a kecamatan, without anything to do yet."""
    await bare_town.opd("DINKES", "Dinas Kesehatan")
    await bare_town.opd("KEC-BARUGA", "Kecamatan Baruga", "kecamatan")
    return bare_town


# all of Kendari


async def test_kendari_gets_its_1364_items_in_a_few_seconds(bare_town: Town) -> None:
    async with bare_town.desk.transaction() as session:
        table = tables.read(kendari.OPD.read_bytes())
        await opd.load(session, Act(datetime.now(UTC), "cli:opd"), table)
    began = time.perf_counter()
    first = await load(bare_town, kendari.CHECKLIST.read_bytes())
    took = time.perf_counter() - began
    logged = await count(bare_town, Audit)
    second = await load(bare_town, kendari.CHECKLIST.read_bytes())

    assert first.count(Outcome.NEW) == 31
    assert first.remarks == ()
    assert set(details(first)) == {"44 items added"}
    assert second.count(Outcome.SAME) == 31
    assert await count(bare_town, Item) == await count(bare_town, Event) == 44 * 31
    assert await count(bare_town, Audit) == logged == 44 + 1 + 44
    assert await numbers(bare_town, "SETDA") == list(range(1, 32))
    assert took < 10


async def test_weights_are_hundredths_of_a_per_cent(two: Town) -> None:
    await load(two, kendari.CHECKLIST.read_bytes())
    async with two.desk.view() as session:
        query = select(Indicator).where(Indicator.number.in_((1, 31))).order_by(Indicator.number)
        first, extra = await session.scalars(query)
    every = await items(two, "DINKES")

    assert (first.aspect_weight, first.weight_in_aspect, first.code) == (2400, 1700, "1.a.Ak")
    assert every[0].weight == first.weight == 408
    assert every[30].weight == extra.weight == 0
    assert sum(item.weight for item in every) == 10_000


PERCENTS = {"7,5": 750, "7.5": 750, "24": 2400, "0,25": 25, "100": 10_000, "7,50 %": 750, "": 0}


@pytest.mark.parametrize(("cell", "hundredths"), PERCENTS.items())
async def test_weights_may_have_decimals(two: Town, cell: str, hundredths: int) -> None:
    await load(two, f'number,title,aspect_weight_pct,weight_in_aspect_pct\n1,A,"{cell}",100\n')
    async with two.desk.view() as session:
        indicator = (await session.scalars(select(Indicator))).one()

    assert indicator.aspect_weight == hundredths


async def test_a_workbook_serves_as_well(two: Town) -> None:
    head = ["number", "title", "aspect_weight_pct", "due"]
    report = await load(two, workbook(head, [1, "Maklumat", 7.5, datetime(2027, 1, 29)]))  # noqa: DTZ001

    assert outcomes(report) == ["new"]
    assert [item.due_at for item in await items(two, "DINKES")] == [wita(1, 29, year=2027)]


async def test_a_workbooks_percentages_are_what_is_seen(two: Town) -> None:
    book = Workbook()
    assert book.active
    book.active.append(["number", "title", "aspect_weight_pct"])
    book.active.append([1, "A", 0.075])
    book.active["C2"].number_format = "0.0%"
    content = io.BytesIO()
    book.save(content)
    await load(two, content.getvalue())
    async with two.desk.view() as session:
        indicator = (await session.scalars(select(Indicator))).one()

    assert indicator.aspect_weight == 750


# wrong rows

WRONG = {
    ",Maklumat,,,": "the number is missing",
    "nol,Maklumat,,,": "the number must be from 1 to 9999, not nol",
    "0,Maklumat,,,": "the number must be from 1 to 9999, not 0",
    "-1,Maklumat,,,": "the number must be from 1 to 9999, not -1",
    "1.5,Maklumat,,,": "the number must be from 1 to 9999, not 1.5",
    "99999999,Maklumat,,,": "the number must be from 1 to 9999, not 99999999",
    "٣,Maklumat,,,": "the number must be from 1 to 9999, not ٣",
    "9,Maklumat,,,": "number 9 stands in row 2 already",
    "2,,,,": "the title is missing",
    f"2,{'t' * 1001},,,": "the title has 1001 characters, more than 1000",
    f"2,M,{'e' * 2001},,": "the evidence has 2001 characters, more than 2000",
    "2,M,,tujuh,": "the aspect_weight_pct must be a percentage such as 7,5, not tujuh",
    "2,M,,-7,": "the aspect_weight_pct must be a percentage such as 7,5, not -7",
    '2,M,,"7,555",': "the aspect_weight_pct must be a percentage such as 7,5, not 7,555",
    "2,M,,101,": "the aspect_weight_pct is more than 100 per cent",
    "2,M,,,31/2/2027": "the due date 31/2/2027: there is no such day or hour",
    "2,M,,,besok": (
        "the due date besok: in a file a date needs its year; "
        "write it like 30/9/2027, 2027-09-30 or 30 September 2027 pukul 16.00"
    ),
    "2,M,,,kapan 2027": (
        "the due date kapan 2027: "
        "write it like 30/9/2027, 2027-09-30 or 30 September 2027 pukul 16.00"
    ),
    "2,M,,,30/9/2020": "the due date 2020-09-30 is past: --force if that is meant",
}


@pytest.mark.parametrize(("row", "why"), WRONG.items(), ids=range(len(WRONG)))
async def test_a_wrong_row_says_why_and_nothing_is_written(two: Town, row: str, why: str) -> None:
    head = "number,title,evidence,aspect_weight_pct,due"
    report = await load(two, f"{head}\n9,Standar,,,\n{row}\n")

    assert outcomes(report) == ["new", "wrong"]
    assert report.lines[1].detail == why
    assert [await count(two, noun) for noun in (Programme, Indicator, Item, Audit)] == [0] * 4


async def test_an_item_needs_a_deadline_from_somewhere(two: Town) -> None:
    report = await load(two, "number,title,due\n1,A,30/12/2026\n2,B,\n", at=None)

    assert [line.detail for line in report.lines] == [
        "2 items added",
        "the due date is missing: --due gives one",
    ]


async def test_an_opd_may_not_be_called_like_a_programme(two: Town) -> None:
    await load(two)
    async with two.desk.transaction() as session:
        table = tables.read(b"code,name,kind\nPEKPPP-2026,Dinas,dinas\n")
        report = await opd.load(session, Act(two.clock.now, "cli:opd"), table)

    assert report.lines[0].detail == "PEKPPP-2026 is a programme: /ubah could mean either"


async def test_nobody_can_be_meant_who_is_not_there(two: Town) -> None:
    with pytest.raises(NoSuchOpd, match="there is no OPD A1, OPD B2"):
        await load(two, opd=["DINKES", "A1", "B2"])
    with pytest.raises(NoSuchOpd, match="there is no OPD of kind rsud"):
        await load(two, kinds=["rsud"])
    with pytest.raises(NoSuchOpd, match="there is no such OPD yet: import opd comes first"):
        await load(two, opd=["DINKES"], kinds=["kecamatan"])
    with pytest.raises(NoSuchOpd, match="DINKES is an OPD: call the programme otherwise"):
        await load(two, programme="DINKES")


# for whom, and under which numbers


async def test_only_those_named_or_of_that_kind_get_items(two: Town) -> None:
    await load(two, opd=["DINKES"])
    after_first = await numbers(two, "KEC-BARUGA")
    await load(two, kinds=["kecamatan"])

    assert after_first == []
    assert await numbers(two, "DINKES") == await numbers(two, "KEC-BARUGA") == [1, 2, 3]


async def test_an_opd_that_comes_later_gets_the_items_by_the_same_file(two: Town) -> None:
    await load(two)
    await two.opd("RSUD", "RSUD Kota", "rsud")
    report = await load(two, opd=["RSUD"])

    assert outcomes(report) == ["new", "new", "new"]
    assert details(report) == ["1 item added"] * 3
    assert await numbers(two, "RSUD") == [1, 2, 3]


async def test_the_first_programme_keeps_the_files_numbers(two: Town) -> None:
    report = await load(two, "number,title\n10,A\n5,B\n7,C\n")

    assert report.remarks == ()
    assert [(i.number, i.title) for i in await items(two, "DINKES")] == [
        (5, "B"), (7, "C"), (10, "A")
    ]  # fmt: skip


async def test_a_second_programme_takes_the_next_free_numbers_in_file_order(two: Town) -> None:
    await load(two)
    await two.item("DINKES", 8, "Tambahan", SOON)
    report = await load(two, "number,title\n2,Kedua\n1,Pertama\n", programme="SAKIP-2026")

    assert report.remarks == ("numbers 9, 10: DINKES", "numbers 4, 5: KEC-BARUGA")
    assert [i.title for i in (await items(two, "DINKES"))[-2:]] == ["Kedua", "Pertama"]


async def test_where_it_is_the_same_for_all_that_is_said_once(two: Town) -> None:
    await load(two)
    report = await load(two, programme="SAKIP-2026")

    assert report.remarks == ("numbers 4–6: every OPD",)


async def test_a_number_that_was_dropped_is_never_given_again(two: Town) -> None:
    await load(two)
    await change(two, 3, state=State.DROPPED)
    again = await load(two)
    await load(two, "number,title\n1,Baru\n", programme="SAKIP-2026")

    assert details(again)[2] == "2 items dropped, and left so"
    assert await numbers(two, "DINKES") == [1, 2, 3, 4]


async def test_rows_new_in_the_file_add_items(two: Town) -> None:
    await load(two)
    await two.item("DINKES", 4, "Tambahan", SOON)
    report = await load(two, LIST + "4,Baru,\n")

    assert outcomes(report) == ["same", "same", "same", "new"]
    assert report.remarks == ("numbers 5: DINKES",)
    assert await numbers(two, "KEC-BARUGA") == [1, 2, 3, 4]
    assert await numbers(two, "DINKES") == [1, 2, 3, 4, 5]


async def test_what_is_no_longer_in_the_file_is_said_and_left(two: Town) -> None:
    await load(two)
    report = await load(two, "number,title\n2,Maklumat\n")

    assert outcomes(report) == ["same"]
    assert report.remarks == ("no longer in the file, and left as they are: 1, 3",)
    assert await numbers(two, "DINKES") == [1, 2, 3]


# what changes


async def test_words_and_weights_change_the_items_but_not_their_states(two: Town) -> None:
    await load(two)
    await change(two, 1, state=State.VERIFIED)
    changed = "number,title,evidence,aspect_weight_pct,weight_in_aspect_pct\n1,Standar,SK,24,17\n"
    report = await load(two, changed)
    item = (await items(two, "DINKES"))[0]

    assert outcomes(report) == ["changed"]
    assert report.lines[0].detail == (
        "title: Standar pelayanan → Standar; "
        "aspect_weight: 0 % → 24 %; weight_in_aspect: 0 % → 17 %"
    )
    assert (item.title, item.weight, item.state) == ("Standar", 408, State.VERIFIED)


async def test_columns_that_a_file_does_not_have_stay(two: Town) -> None:
    await load(two)
    report = await load(two, "number,title\n1,Standar pelayanan\n2,Maklumat\n3,Survei\n")

    assert outcomes(report) == ["same"] * 3
    assert (await items(two, "DINKES"))[0].evidence == "SK"


async def test_a_new_deadline_moves_what_nobody_moved_by_hand(two: Town) -> None:
    await load(two)
    await change(two, 2, moved_by_hand=True, due_at=wita(12, 1))
    await change(two, 3, state=State.SUBMITTED)
    report = await load(two, at=LATER)
    dues = [item.due_at for item in await items(two, "DINKES")]

    assert outcomes(report) == ["changed", "same", "same"]
    assert details(report) == [
        "deadline of 2 items moved",
        "deadline of 2 items moved by hand stays",
        "deadline of 2 items confirmed stays",
    ]
    assert dues == [LATER, wita(12, 1), SOON]


async def test_what_a_file_moved_a_file_may_move_again(two: Town) -> None:
    await load(two)
    await load(two, at=LATER)
    await load(two, at=wita(2, 26, year=2027))
    item = (await items(two, "DINKES"))[0]

    assert item.due_at == wita(2, 26, year=2027)
    assert item.first_due_at == SOON
    assert not item.moved_by_hand


async def test_a_due_column_beats_the_deadline_of_all(two: Town) -> None:
    await load(two, "number,title,due\n1,A,30 Desember 2026 pukul 16.00 WIB\n2,B,\n")
    first, second = await items(two, "DINKES")

    assert (first.due_at, first.due_zone) == (wita(12, 30, 17, 0), "Asia/Jakarta")
    assert (second.due_at, second.due_zone) == (SOON, "Asia/Makassar")


async def test_a_past_deadline_needs_to_be_meant(two: Town) -> None:
    refused = await load(two, at=wita(11, 20))
    taken = await load(two, at=wita(11, 20), force=True)
    again = await load(two, at=wita(11, 20))

    assert outcomes(refused) == ["wrong"] * 3
    assert outcomes(taken) == ["new"] * 3
    assert outcomes(again) == ["same"] * 3


async def test_without_saving_all_is_said_and_nothing_written(two: Town) -> None:
    report = await load(two, save=False)

    assert details(report) == ["2 items added"] * 3
    assert [await count(two, noun) for noun in (Programme, Indicator, Item, Audit)] == [0] * 4


async def test_the_log_tells_each_opd_and_its_chain_holds(two: Town) -> None:
    await load(two)
    await load(two, at=LATER)
    async with two.desk.view() as session:
        entries = [(e.verb, e.subject) for e in await session.scalars(select(Audit))]
        broken = await audit.first_broken(session)

    assert entries == [
        ("programme_extended", "PEKPPP-2026"),
        ("add", "DINKES"), ("add", "KEC-BARUGA"), ("move", "DINKES"), ("move", "KEC-BARUGA"),
    ]  # fmt: skip
    assert broken is None


# what is heard


async def test_stages_already_past_count_as_heard(two: Town) -> None:
    await load(two, "number,title\n1,A\n", at=wita(11, 27), opd=["DINKES"])
    async with two.desk.view() as session:
        heard = [(h.stage, h.due_at) for h in await session.scalars(select(Heard))]

    assert heard == [(-3, wita(11, 27))]


async def test_before_groups_are_linked_nobody_is_owed_anything(two: Town) -> None:
    await load(two)

    assert await count(two, Owed) == 0


async def test_a_group_hears_in_one_message_what_was_added(town: Town) -> None:
    await load(town, kendari.CHECKLIST.read_bytes(), at=LATER)
    await town.sends()
    said = town.groups["DINKES"].last
    assert said

    assert len(town.said_in(town.groups["DINKES"])) == 1
    golden.check("imported-added", said.text)
    assert [label for row in said.buttons for label in row] == ["📋 Daftar"]


async def test_a_group_hears_what_was_moved_and_what_was_not_it_need_not(town: Town) -> None:
    await load(town, opd=["DINKES"], at=LATER)
    await load(town, opd=["DINKES"], at=LATER)
    await load(town, "number,title,due\n1,A,\n2,B,28/2/2027\n", opd=["DINKES"], at=SOON)
    await town.sends()
    said = town.said_in(town.groups["DINKES"])

    assert len(said) == 2
    golden.check("imported-moved", said[1].text)
    assert town.said_in(town.groups["DIKBUD"]) == []


async def test_without_a_group_the_secretary_hears_it(town: Town) -> None:
    await two_opd_lose_their_groups(town)
    await load(town, opd=["DINKES"])
    await town.sends()

    assert town.last(town.people["budi"]).text.startswith("📋 Dinas Kesehatan\nDaftar PEKPPP-2026")


async def two_opd_lose_their_groups(town: Town) -> None:
    async with town.desk.transaction() as session:
        await session.execute(update(Opd).values(chat_id=None))


def test_ranges_are_written_as_people_do() -> None:
    assert ranges([3, 1, 2, 7, 9, 10]) == "1–3, 7, 9, 10"
