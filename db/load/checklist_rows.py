"""A checklist's rows as facts: the indicator, and the deadline of its items."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from db.due import Due
from db.load import cells
from db.load.cells import LONGEST_TEXT, Wrong
from db.load.shown import Line, Outcome, plain
from db.load.tables import Row, Table

NEEDED = ("number", "title")
WEIGHTS = {"aspect_weight": "aspect_weight_pct", "weight_in_aspect": "weight_in_aspect_pct"}
TEXTS = ("code", "aspect", "evidence", "evidence_form", "evidence_freshness", "lead_time")
COLUMNS = (*NEEDED, *TEXTS, *WEIGHTS.values(), "due")


ReadDue = Callable[[str], Due]  # ValueError says why it cannot


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """`says`: the fields of the indicator of which the file has a column."""

    line: int
    number: int
    title: str
    says: dict[str, str | int]
    due: Due


def read(table: Table, due: Due | None, read_due: ReadDue) -> tuple[list[IndicatorRow], list[Line]]:
    """The rows that can be taken, and a line for each that cannot. `due` is for rows without."""
    table.needs(*NEEDED)
    rows: dict[int, IndicatorRow] = {}
    wrong = []
    for row in table.rows:
        try:
            taken = _row(table, row, due, read_due)
            if taken.number in rows:
                first = rows[taken.number].line
                raise Wrong(f"number {taken.number} stands in row {first} already")
            rows[taken.number] = taken
        except Wrong as why:
            wrong.append(wrong_line(row.line, row["number"], row["title"], str(why)))
    return list(rows.values()), wrong


def wrong_line(line: int, number: str, title: str, why: str) -> Line:
    return Line(line, Outcome.WRONG, plain(number, 10), plain(title), why)


def _row(table: Table, row: Row, due: Due | None, read_due: ReadDue) -> IndicatorRow:
    if row.has_more:
        raise Wrong("it has more cells than there are columns: quote what holds a comma")
    number, title = cells.number(row), cells.title(row, "title")
    said = {t: cells.text(row, t, most=LONGEST_TEXT) for t in TEXTS if t in table.columns}
    weights = {f: cells.percent(row, c) for f, c in WEIGHTS.items() if c in table.columns}
    says: dict[str, str | int] = {"title": title, **said, **weights}
    return IndicatorRow(row.line, number, title, says, _due(row["due"], due, read_due))


def _due(cell: str, otherwise: Due | None, read_due: ReadDue) -> Due:
    if not cell:
        if otherwise is None:
            raise Wrong("the due date is missing: --due gives one")
        return otherwise
    try:
        return read_due(cell)
    except ValueError as why:
        raise Wrong(f"the due date {plain(cell, 30)}: {why}") from None
