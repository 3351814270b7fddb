"""HOLIDAYS_FILE: a CSV that amends the built-in calendar, `date,name,kind`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

WORKING = "kerja"
COLUMNS = {"date", "name", "kind"}


@dataclass(frozen=True, slots=True)
class Amendment:
    """`kind` is `kerja` for a working day; anything else makes the day free."""

    name: str
    kind: str

    @property
    def is_working(self) -> bool:
        return self.kind == WORKING


def read(file: Path) -> dict[date, Amendment]:
    """ValueError names the line that cannot be read."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            if not set(rows.fieldnames or ()) >= COLUMNS:
                raise ValueError(f"{file}: the columns must be date,name,kind")
            return dict(_amendment(row, f"{file}, line {rows.line_num}") for row in rows)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{file} cannot be read: {error}") from None


def _amendment(row: dict[str, str | None], where: str) -> tuple[date, Amendment]:
    try:
        day = date.fromisoformat((row["date"] or "").strip())
    except ValueError:
        raise ValueError(f"{where}: {row['date']!r} is not a date such as 2027-03-19") from None
    kind = (row["kind"] or "").strip().lower()
    if not kind:
        raise ValueError(f"{where}: the kind is missing")
    return day, Amendment((row["name"] or "").strip(), kind)
