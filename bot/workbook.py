"""Workbooks that people are sent. They know facts and no database; call them in a thread."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # a worksheet cannot hold them
WIDTHS = {"A": 14, "B": 44, "C": 28, "D": 52, "E": 80}


@dataclass(frozen=True, slots=True)
class Invited:
    """One OPD without a secretary: its link, and a text ready to send."""

    code: str
    name: str
    post: str
    link: str
    text: str


def invitations_workbook(rows: Iterable[Invited]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415  costs 0.2 s, and few need it
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Undangan"
    sheet.append(["Kode", "OPD", "Jabatan", "Tautan", "Teks siap kirim"])
    for row in rows:
        sheet.append([UNPRINTABLE.sub("", fact) for fact in astuple(row)])
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"  # never a formula, whatever it begins with
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
