"""HOLIDAYS_FILE: the days by which a city differs from the built-in list."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

COLUMNS = ("date", "name", "kind")


@dataclass(frozen=True, slots=True)
class Amendment:
    name: str
    works: bool  # kind `kerja`: a working day, whatever the list or the weekday says


def read(path: Path) -> Mapping[date, Amendment]:
    """CSV in UTF-8 with `date,name,kind`, separated by commas or (Excel here) semicolons.

    ValueError with one sentence that names HOLIDAYS_FILE, and the line where there is one.
    """
    lines = _lines(path)
    reader = csv.reader(lines, delimiter=";" if lines and ";" in lines[0] else ",")
    changes: dict[date, Amendment] = {}
    try:
        for row in _rows(reader):
            day, change = _amendment(row)
            if day in changes:
                raise ValueError(f"{day} stands there twice")
            changes[day] = change
    except (ValueError, csv.Error) as wrong:
        raise ValueError(f"HOLIDAYS_FILE line {max(reader.line_num, 1)}: {wrong}") from None
    return changes


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as wrong:
        raise ValueError(f"HOLIDAYS_FILE cannot be read: {wrong.strerror}: {path}") from None
    except UnicodeDecodeError:
        raise ValueError(f"HOLIDAYS_FILE must be saved as UTF-8: {path}") from None
    return text.splitlines()


def _rows(reader: Iterator[list[str]]) -> Iterator[dict[str, str]]:
    names = [name.strip().lower() for name in next(reader, [])]
    if missing := [name for name in COLUMNS if name not in names]:
        raise ValueError(f"the column {missing[0]} is missing")
    for cells in reader:
        row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        if any(row.values()):
            yield row


def _amendment(row: Mapping[str, str]) -> tuple[date, Amendment]:
    name, kind = row.get("name", ""), row.get("kind", "").lower()
    if not name:
        raise ValueError("the name is missing")
    if not (kind == "kerja" or kind.startswith(("libur", "cuti"))):
        raise ValueError("the kind must be kerja, libur nasional, cuti bersama or libur")
    return _date(row.get("date", "")), Amendment(name, works=kind == "kerja")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"the date must be written like 2026-03-18, not {text}") from None
