"""HOLIDAYS_FILE as a city writes it, and every way to write it wrong."""

from datetime import date
from pathlib import Path

import pytest

from config import holidays_file
from config.holidays_file import Amendment

GOOD = "date,name,kind\n2026-05-11,HUT Kota Kendari,libur\n2026-09-05,Ganti,kerja\n"
READ = {
    date(2026, 5, 11): Amendment("HUT Kota Kendari", works=False),
    date(2026, 9, 5): Amendment("Ganti", works=True),
}


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode("utf-8-sig"),
        GOOD.replace(",", ";").encode(),  # Excel in Indonesia
        GOOD.replace("\n", "\n\n").encode(),
        GOOD.replace("\n", "\n,,\n").encode(),  # rows emptied in a spreadsheet
        GOOD.replace("date,name,kind", " Date , Name,KIND").replace("kerja", " Kerja ").encode(),
        b"kind,source,name,date\nlibur,SK,HUT Kota Kendari,2026-05-11\nkerja,,Ganti,2026-09-05",
    ],
)
def test_it_is_read(content: bytes, tmp_path: Path):
    file = tmp_path / "libur.csv"
    file.write_bytes(content)

    assert holidays_file.read(file) == READ


@pytest.mark.parametrize("kind", ["libur", "libur nasional", "cuti bersama", "Libur lokal"])
def test_a_free_day(kind: str, tmp_path: Path):
    file = tmp_path / "libur.csv"
    file.write_text(f"date,name,kind\n2026-05-11,HUT,{kind}\n")

    assert holidays_file.read(file) == {date(2026, 5, 11): Amendment("HUT", works=False)}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "line 1: the column date is missing"),
        ("date,name\n2026-05-11,HUT\n", "line 1: the column kind is missing"),
        ("date,name,kind\n11/05/2026,HUT,libur\n", "line 2: the date must be written like 2026"),
        ("date,name,kind\n2026-02-30,HUT,libur\n", "line 2: the date"),
        ("date,name,kind\n,HUT,libur\n", "line 2: the date"),
        ("date,name,kind\n\n2026-05-11,,libur\n", "line 3: the name is missing"),
        ("date,name,kind\n2026-05-11,HUT,kreja\n", "line 2: the kind must be kerja"),
        ("date,name,kind\n2026-05-11,HUT,\n", "line 2: the kind"),
        ("date,name,kind\n2026-05-11,HUT\n", "line 2: the kind"),
        (f"date,name,kind\n2026-05-11,{'x' * 2_000_000},libur\n", "line 2: field larger than"),
        ("date,name,kind\n2026-05-11,A,libur\n2026-05-11,B,kerja\n", "line 3: 2026-05-11 stands"),
    ],
)
def test_it_is_refused_with_its_line(content: str, said: str, tmp_path: Path):
    file = tmp_path / "libur.csv"
    file.write_text(content)

    with pytest.raises(ValueError, match=f"^HOLIDAYS_FILE {said}"):
        holidays_file.read(file)


def test_what_cannot_be_read_at_all_is_named(tmp_path: Path):
    workbook = tmp_path / "libur.xlsx"
    workbook.write_bytes(b"PK\x03\x04\xff\xfe")

    with pytest.raises(ValueError, match=r"^HOLIDAYS_FILE must be saved as UTF-8"):
        holidays_file.read(workbook)
    with pytest.raises(ValueError, match=r"^HOLIDAYS_FILE cannot be read: No such file"):
        holidays_file.read(tmp_path / "nope.csv")
    with pytest.raises(ValueError, match=r"^HOLIDAYS_FILE cannot be read"):
        holidays_file.read(tmp_path)
