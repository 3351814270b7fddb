"""OPD from files: every row accounted for, and with one wrong row nothing written."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from config import kendari
from db import audit
from db.act import Act
from db.load import opd, tables
from db.load.shown import Outcome, Report, Unreadable
from db.models import Audit, Opd
from tests.town import Town

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
HEAD = "code,name,kind\n"
COLUMNS = ["code", "name", "kind"]


async def load(town: Town, content: str | bytes, *, save: bool = True) -> Report:
    data = content.encode() if isinstance(content, str) else content
    async with town.desk.transaction() as session:
        return await opd.load(session, Act(NOW, "cli:test"), tables.read(data), save=save)


async def the_opd(town: Town) -> dict[str, Opd]:
    async with town.desk.view() as session:
        return {row.code: row for row in await session.scalars(select(Opd).order_by(Opd.code))}


async def entries(town: Town) -> list[Audit]:
    async with town.desk.view() as session:
        return list(await session.scalars(select(Audit).order_by(Audit.id)))


def outcomes(report: Report) -> list[str]:
    return [line.outcome.value for line in report.lines]


def workbook(*rows: object) -> bytes:
    book = Workbook()
    assert book.active
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


async def test_kendari_has_44_opd_and_the_same_file_again_changes_nothing(bare_town: Town) -> None:
    first = await load(bare_town, kendari.OPD.read_bytes())
    logged = len(await entries(bare_town))
    second = await load(bare_town, kendari.OPD.read_bytes())

    assert first.count(Outcome.NEW) == len(first.lines) == 44
    assert second.count(Outcome.SAME) == 44
    assert len(await entries(bare_town)) == logged == 44


async def test_titles_come_from_the_row_else_from_the_kind(bare_town: Town) -> None:
    await load(bare_town, kendari.OPD.read_bytes())
    opds = await the_opd(bare_town)
    titles = {c: (opds[c].head_title, opds[c].secretary_title) for c in ("SETDA", "ITKO")}

    assert titles == {
        "SETDA": ("Sekretaris Daerah", "Kepala Bagian Umum"),
        "ITKO": ("Inspektur", "Sekretaris Inspektorat"),
    }
    assert opds["KEC-NAMBO"].head_title == "Camat"


FORMS = {
    "commas": "code,name,kind\nDINKES,Dinas Kesehatan,dinas\n",
    "a byte order mark": "\ufeffcode,name,kind\nDINKES,Dinas Kesehatan,dinas\n",
    "semicolons": "code;name;kind\r\nDINKES;Dinas Kesehatan;dinas\r\n",
    "tabs": "code\tname\tkind\nDINKES\tDinas Kesehatan\tdinas\n",
    "quotes": '"code","name","kind"\n"DINKES","Dinas Kesehatan","dinas"',
    "a line break in a name": 'code,name,kind\nDINKES,"Dinas\nKesehatan",dinas\n',
    "small letters": "CODE,Name,kind\ndinkes,Dinas Kesehatan,Dinas\n",
    "another order": "kind,code,name\ndinas,DINKES,Dinas Kesehatan\n",
    "blanks": " code , name ,kind\n  DINKES , Dinas   Kesehatan ,dinas\n\n  ,, \n",
    "old line ends": "code,name,kind\rDINKES,Dinas Kesehatan,dinas\r",
    "a workbook": workbook(COLUMNS, ["DINKES", "Dinas Kesehatan", "dinas"]),
    "a sparse workbook": workbook([], COLUMNS, [], ["DINKES", "Dinas Kesehatan", "dinas"]),
}


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS.keys())
async def test_every_usual_form_of_a_file_is_read(bare_town: Town, content: str | bytes) -> None:
    report = await load(bare_town, content)
    row = (await the_opd(bare_town))["DINKES"]

    assert outcomes(report) == ["new"]
    assert (row.name, row.kind, row.head_title) == ("Dinas Kesehatan", "dinas", "Kepala Dinas")


WRONG = {
    ",Dinas X,dinas": "the code is missing",
    "X,Dinas X,dinas": "the code must be 2 to 20 of A-Z 0-9 _ -, not X",
    "DINAS KESEHATAN,Dinas X,dinas": "the code must be 2 to 20 of A-Z 0-9 _ -, not DINAS KESEHATAN",
    "DINKÉS,Dinas X,dinas": "the code must be 2 to 20 of A-Z 0-9 _ -, not DINKÉS",
    f"{'X' * 21},Dinas X,dinas": f"the code must be 2 to 20 of A-Z 0-9 _ -, not {'X' * 21}",
    "semua,Dinas X,dinas": "the code must not be SEMUA: in the chat it means every OPD",
    "DINKES,,dinas": "the name is missing",
    "DINKES,Dinas X,": "the kind is missing, such as dinas or kecamatan",
    "DINKES,Dinas X,<b>": "the kind must be a word such as dinas, not <b>",
    f"DINKES,{'n' * 1001},dinas": "the name has 1001 characters, more than 1000",
    "DINKES,Dinas \x07,dinas": "the name holds characters that cannot be shown",
    "DINKES,Dinas X,dinas,lagi": (
        "it has more cells than there are columns: quote what holds a comma"
    ),
}


@pytest.mark.parametrize(("row", "why"), WRONG.items(), ids=range(len(WRONG)))
async def test_a_wrong_row_says_why_and_nothing_is_written(
    bare_town: Town, row: str, why: str
) -> None:
    report = await load(bare_town, f"{HEAD}DIKBUD,Dinas Pendidikan,dinas\n{row}\n")

    assert outcomes(report) == ["new", "wrong"]
    assert report.lines[1].detail == why
    assert report.lines[1].line == 3
    assert await the_opd(bare_town) == {}
    assert await entries(bare_town) == []


async def test_a_code_stands_in_a_file_once(bare_town: Town) -> None:
    report = await load(bare_town, HEAD + "DINKES,Dinas Kesehatan,dinas\ndinkes,Lain,dinas\n")

    assert report.lines[1].detail == "DINKES stands in row 2 already"


UNREADABLE = {
    b"": "it is empty",
    b"\n \n,,\n": "it is empty",
    HEAD.encode(): "it has no rows below the names of its columns",
    b"code,kind\nA1,x\n": "the column name is missing; the first row says: code, kind",
    b"code,name,kind,name\nA1,b,c,d\n": "the column name stands there twice",
    b"\x89PNG\r\n\x1a\n\0\0": "it is neither CSV nor XLSX",
    "code,name".encode("utf-16"): "it is saved as UTF-16: save it as CSV UTF-8",
    "code,näme".encode("latin-1"): "it is not saved as UTF-8: choose CSV UTF-8 when saving",
    b'code,name,kind\nA1,"x,y\n': "its quotes do not close in row 2: unexpected end of data",
    b"\xd0\xcf\x11\xe0": "it is an old or locked Excel workbook: save it as XLSX or CSV",
    workbook(COLUMNS)[:300]: "it is a damaged XLSX workbook, or none",
    workbook(): "it is empty",
    workbook(COLUMNS, ["A1", "#REF!", "dinas"]): "row 2 holds #REF!",
    workbook(COLUMNS, ["A1", "=B9", "x"]): (
        "row 2 holds a formula without a result: save it in Excel first"
    ),
}


@pytest.mark.parametrize(("content", "why"), UNREADABLE.items(), ids=range(len(UNREADABLE)))
async def test_a_file_of_no_use_says_why(bare_town: Town, content: bytes, why: str) -> None:
    with pytest.raises(Unreadable) as raised:
        await load(bare_town, content)

    assert str(raised.value) == why


async def test_numbers_and_days_of_a_workbook_are_read_as_typed(bare_town: Town) -> None:
    head = ["code", "name", "kind", "head_title", "secretary_title"]
    rows = [[12, 7.5, "dinas", date(2026, 9, 30), datetime(2026, 9, 30, 16, 0)], [True, 3.0, "x"]]  # noqa: DTZ001
    await load(bare_town, workbook(head, *rows))
    opds = await the_opd(bare_town)

    assert opds["12"].name == "7.5"
    assert opds["12"].head_title == "2026-09-30"
    assert opds["12"].secretary_title == "2026-09-30 16:00"
    assert opds["TRUE"].name == "3"


async def test_long_names_and_hostile_ones_are_kept_as_they_are(bare_town: Town) -> None:
    name = "Dinas " + "<b>{{ x }}</b> _*[ 🙂 \u202e" * 12
    report = await load(bare_town, f"{HEAD}DINKES,{name},dinas\n")
    kept = (await the_opd(bare_town))["DINKES"].name

    assert len(name) > 250
    assert kept == name.strip()
    assert len(report.lines[0].title) == 60
    assert "\u202e" not in report.lines[0].title


async def test_a_changed_row_says_what_changes(bare_town: Town) -> None:
    await load(bare_town, HEAD + "DINKES,Dinas Kesehatan,dinas\nDIKBUD,Dinas Pendidikan,dinas\n")
    report = await load(
        bare_town, HEAD + "DINKES,Dinas Kesehatan Kota,badan\nDIKBUD,Dinas Pendidikan,dinas\n"
    )
    last = (await entries(bare_town))[-1]

    assert outcomes(report) == ["changed", "same"]
    assert report.lines[0].detail == (
        "name: Dinas Kesehatan → Dinas Kesehatan Kota; kind: dinas → badan; "
        "head_title: Kepala Dinas → Kepala Badan"
    )
    assert (last.verb, last.subject, last.source) == ("opd_changed", "DINKES", "cli:test")
    assert last.before["head_title"] == "Kepala Dinas"


async def test_titles_that_a_file_does_not_speak_of_stay(bare_town: Town) -> None:
    titled = "code,name,kind,head_title\nRSUD,RSUD Kota,rsud,Direktur Utama\n"
    await load(bare_town, titled)
    untitled = await load(bare_town, HEAD + "RSUD,RSUD Kota,rsud\n")
    emptied = await load(bare_town, titled.replace("Direktur Utama", ""))

    assert outcomes(untitled) == ["same"]
    assert emptied.lines[0].detail == "head_title: Direktur Utama → Direktur"


async def test_what_is_odd_but_works_is_a_hint(bare_town: Town) -> None:
    report = await load(
        bare_town, "code,name,kind,colour\n12-3,Perumda Air,perumda,blue\nT12,Dinas,dinas,\n"
    )

    assert not report.is_wrong
    assert report.remarks == (
        "hint: columns that are not read: colour",
        "hint: the kind perumda is not known: its head is called Kepala and its secretary "
        "Sekretaris unless head_title and secretary_title say otherwise",
        "hint: the code 12-3 reads like item numbers in /done",
        "hint: the code T12 reads like a bundle in /ubah",
    )


async def test_without_saving_all_is_said_and_nothing_written(bare_town: Town) -> None:
    report = await load(bare_town, kendari.OPD.read_bytes(), save=False)

    assert report.count(Outcome.NEW) == 44
    assert await the_opd(bare_town) == {}


async def test_a_file_of_5000_columns_is_read_like_any_other(bare_town: Town) -> None:
    more = ",".join(f"c{n}" for n in range(5_000))
    report = await load(bare_town, f"code,name,kind,{more}\nDINKES,Dinas,dinas{',x' * 5_000}\n")

    assert outcomes(report) == ["new"]
    assert report.remarks[0].endswith("c8, c9 and 4990 more")


async def test_the_chain_of_the_audit_log_holds_after_imports(bare_town: Town) -> None:
    await load(bare_town, kendari.OPD.read_bytes())
    async with bare_town.desk.view() as session:
        broken = await audit.first_broken(session)
        count = await session.scalar(select(func.count()).select_from(Audit))

    assert broken is None
    assert count == 44
