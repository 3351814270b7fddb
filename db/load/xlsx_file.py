"""The first sheet of an XLSX workbook, as text."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from db.load.shown import Unreadable

UNPACKED = 200 * 1024 * 1024  # bytes: a small file may unpack to anything
DEEPEST = 100_000  # rows, empty ones included
ERRORS = "e"


def lines(content: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where each row stands, and its trimmed cells; rows without any are left out."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl does not know: styles, validations
            yield from _rows(content)
    except Unreadable:
        raise
    except Exception:  # openpyxl raises whatever a broken workbook makes it stumble over
        raise Unreadable("it is a damaged XLSX workbook, or none") from None


def _rows(content: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Both what formulas say and what they came to: one that never ran came to nothing."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > UNPACKED:
            raise Unreadable("it unpacks to more than 200 MB")
    results, formulas = _sheet(content, data_only=True), _sheet(content, data_only=False)
    for number, (cells, said) in enumerate(
        zip(results.iter_rows(), formulas.iter_rows(values_only=True), strict=False), start=1
    ):
        if number > DEEPEST:
            raise Unreadable(f"it has more than {DEEPEST} rows")
        row = tuple(_text(number, *both) for both in zip(cells, said, strict=False))
        if any(row):
            yield number, row


def _sheet(content: bytes, *, data_only: bool) -> Any:
    """Any: openpyxl's types do not know that a read-only sheet iterates as the others do."""
    from openpyxl import load_workbook  # noqa: PLC0415  costs 0.2 s, and CSV needs none of it

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
    if not book.worksheets:
        raise Unreadable("it has no sheet with rows")
    sheet: Any = book.worksheets[0]
    sheet.reset_dimensions()  # what the file says of its own size is often untrue
    return sheet


def _text(row: int, cell: Any, formula: object) -> str:
    if getattr(cell, "data_type", "") == ERRORS:
        raise Unreadable(f"row {row} holds {cell.value}")
    if cell.value is None and isinstance(formula, str) and formula.startswith("="):
        raise Unreadable(f"row {row} holds a formula without a result: save it in Excel first")
    if isinstance(cell.value, int | float) and "%" in (cell.number_format or ""):
        return f"{_plain(cell.value * 100)} %"  # 24 % is kept as 0.24
    return _plain(cell.value).strip()


def _plain(value: object) -> str:
    """Numbers and days as a person would type them."""
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return f"{value:.10g}"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case _:
            return str(value)
