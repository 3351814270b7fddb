"""A file of rows as people send it: CSV from Excel or a script, or an XLSX workbook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.load import csv_file, xlsx_file
from db.load.shown import Unreadable, plain

LARGEST = 20 * 1024 * 1024  # bytes
LONGEST = 20_000  # rows; a city has some fifty OPD, a checklist some hundred indicators
WORKBOOK, OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Row:
    """`line`: where a person finds it in the file. Cells are trimmed; one that is not there is
    empty. `has_more`: cells beyond the last column, where a comma was not quoted."""

    line: int
    cells: Mapping[str, str]
    has_more: bool = False

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """Column names are in small letters; blanks in them count as `_`."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def needs(self, *columns: str) -> None:
        if missing := [name for name in columns if name not in self.columns]:
            known = ", ".join(plain(c, 20) for c in self.columns[:10])
            raise Unreadable(f"the column {missing[0]} is missing; the first row says: {known}")

    def ignored(self, known: Collection[str]) -> tuple[str, ...]:
        """A remark about the columns that mean nothing to us, if any."""
        names = [plain(name, 20) for name in self.columns if name and name not in known]
        if not names:
            return ()
        more = f" and {len(names) - 10} more" if len(names) > 10 else ""
        return (f"hint: columns that are not read: {', '.join(names[:10])}{more}",)


def read_file(path: Path) -> Table:
    """Unreadable, with one sentence, when it is no such file."""
    try:
        if path.is_file() and path.stat().st_size > LARGEST:
            raise Unreadable("it is larger than 20 MB")
        return read(path.read_bytes())
    except OSError as wrong:
        raise Unreadable(f"it cannot be read: {wrong.strerror}") from None


def read(content: bytes) -> Table:
    """What it is, its content says: file names lie."""
    if content.startswith(OLD_WORKBOOK):
        raise Unreadable("it is an old or locked Excel workbook: save it as XLSX or CSV")
    source = xlsx_file if content.startswith(WORKBOOK) else csv_file
    lines = source.lines(content)
    _, head = next(lines, (0, ()))
    if not head:
        raise Unreadable("it is empty")
    columns = tuple(_column(cell) for cell in head)
    _refuse_twins(columns)
    rows: list[Row] = []
    for line, cells in lines:
        if len(rows) == LONGEST:
            raise Unreadable(f"it has more than {LONGEST} rows")
        rows.append(_row(columns, line, cells))
    if not rows:
        raise Unreadable("it has no rows below the names of its columns")
    return Table(columns, tuple(rows))


def _row(columns: Sequence[str], line: int, cells: Sequence[str]) -> Row:
    named = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    return Row(line, named, has_more=any(cells[len(columns) :]))


def _column(cell: str) -> str:
    return re.sub(r"[\s_]+", "_", cell.strip().lower())


def _refuse_twins(columns: Sequence[str]) -> None:
    for name, times in Counter(columns).items():
        if name and times > 1:
            raise Unreadable(f"the column {plain(name, 20)} stands there twice")
