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
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as wrong:
        raise ValueError(f"HOLIDAYS_FILE cannot be read: {wrong.strerror}: {path}") from None
    except UnicodeDecodeError:
        raise ValueError(f"HOLIDAYS_FILE must be saved as UTF-8: {path}") from None
    changes: dict[date, Amendment] = {}
    for line, row in _rows(text):
        try:
            day, change = _amendment(row)
            if day in changes:
                raise ValueError(f"{day} stands there twice")
        except ValueError as wrong:
            raise ValueError(f"HOLIDAYS_FILE line {line}: {wrong}") from None
        changes[day] = change
    return changes


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    head = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(), delimiter=";" if ";" in head else ",")
    names = [name.strip().lower() for name in next(reader, [])]
    if missing := [name for name in COLUMNS if name not in names]:
        raise ValueError(f"HOLIDAYS_FILE line 1: the column {missing[0]} is missing")
    for cells in reader:
        row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        if any(row.values()):
            yield reader.line_num, row


def _amendment(row: Mapping[str, str]) -> tuple[date, Amendment]:
    name, kind = row.get("name", ""), row.get("kind", "").lower()
    if not name:
        raise ValueError("the name is missing")
    if not (kind == "kerja" or kind.startswith(("libur", "cuti"))):
        raise ValueError("the kind must be kerja, libur nasional, cuti bersama or libur")
    return _date(row["date"]), Amendment(name, works=kind == "kerja")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"the date must be written like 2026-03-18, not {text}") from None
