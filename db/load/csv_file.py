"""CSV as Excel writes it here: UTF-8 with or without a mark, commas or semicolons."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from db.load.shown import Unreadable

DELIMITERS = ",;\t"
csv.field_size_limit(1_000_000)


def lines(content: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where each row begins, and its trimmed cells; rows without any are left out."""
    text = _text(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begins = 1
    try:
        for cells in reader:
            row = tuple(cell.strip() for cell in cells)
            if any(row):
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error as wrong:
        raise Unreadable(f"its quotes do not close in row {begins}: {wrong}") from None


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("it is saved as UTF-16: save it as CSV UTF-8")
    if b"\0" in content:
        raise Unreadable("it is neither CSV nor XLSX")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("it is not saved as UTF-8: choose CSV UTF-8 when saving") from None


def _delimiter(text: str) -> str:
    """The one the first row uses most."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)
