"""How an import is shown: one aligned line for each row, then what is of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.load.shown import Line, Report


def listing(report: Report, *, dry: bool) -> Iterator[str]:
    row = max(len(str(line.line)) for line in report.lines)
    subject = max(len(line.subject) for line in report.lines)
    for line in report.lines:
        yield _line(line, row, subject)
    yield from report.remarks
    yield _summary(report, dry=dry)


def _line(line: Line, row: int, subject: int) -> str:
    title = f"{line.title}: {line.detail}" if line.title and line.detail else ""
    text = title or line.title or line.detail
    return (
        f"{line.line:>{row}}  {line.outcome.value:<7}  {line.subject:<{subject}}  {text}".rstrip()
    )


def _summary(report: Report, *, dry: bool) -> str:
    from db.load.shown import Outcome  # noqa: PLC0415

    counts = ", ".join(f"{report.count(outcome)} {outcome.value}" for outcome in Outcome)
    rows = f"{len(report.lines)} rows: {counts}" if len(report.lines) != 1 else f"1 row: {counts}"
    if report.is_wrong:
        return f"{rows}; nothing was written"
    return f"{rows}; a dry run, nothing was written" if dry else rows
