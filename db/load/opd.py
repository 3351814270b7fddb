"""OPD from a file: compared with those the city has, then added or brought up to date."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import select

from config import titles
from db import audit
from db.act import Act
from db.engine import Session
from db.load import cells
from db.load.cells import Wrong
from db.load.shown import Line, Outcome, Report, plain
from db.load.tables import Row, Table
from db.models import Opd, Programme

NEEDED = ("code", "name", "kind")
TITLES = ("head_title", "secretary_title")


@dataclass(frozen=True, slots=True)
class OpdRow:
    """Titles are None where the file does not say, and empty where the kind's are meant."""

    code: str
    name: str
    kind: str
    head_title: str | None
    secretary_title: str | None


async def load(session: Session, act: Act, table: Table, *, save: bool = True) -> Report:
    """Every row as new, changed, same or wrong; with a wrong one, or without `save`, nothing
    is written. Unreadable when a column is missing."""
    table.needs(*NEEDED)
    known = {opd.code: opd for opd in await session.scalars(select(Opd))}
    programmes = set(await session.scalars(select(Programme.code)))
    lines, wanted = _compare(table, known, programmes)
    report = Report(lines, (*table.ignored((*NEEDED, *TITLES)), *_remarks(wanted)))
    if save and not report.is_wrong:
        for after in wanted:
            await _write(session, act, known.get(after.code), after)
    return report


def _compare(
    table: Table, known: Mapping[str, Opd], programmes: Collection[str]
) -> tuple[tuple[Line, ...], list[OpdRow]]:
    lines, wanted, seen = [], [], dict[str, int]()
    for row in table.rows:
        try:
            read = _read(table, row)
            if read.code in seen:
                raise Wrong(f"{read.code} stands in row {seen[read.code]} already")
            if read.code in programmes:
                raise Wrong(f"{read.code} is a programme: /ubah could mean either")
            seen[read.code] = row.line
            filled = _fill(read, known.get(read.code))
            lines.append(_line(row.line, known.get(read.code), filled))
            wanted.append(filled)
        except Wrong as why:
            subject, title = plain(row["code"], 20), plain(row["name"])
            lines.append(Line(row.line, Outcome.WRONG, subject, title, str(why)))
    return tuple(lines), wanted


def _read(table: Table, row: Row) -> OpdRow:
    if row.has_more:
        raise Wrong("it has more cells than there are columns: quote what holds a comma")
    said = {t: cells.text(row, t) if t in table.columns else None for t in TITLES}
    return OpdRow(cells.code(row["code"]), cells.title(row, "name"), cells.kind(row), **said)


def _fill(row: OpdRow, known: Opd | None) -> OpdRow:
    """What the file does not say stays, unless the kind is another one now."""
    usual = titles.titles(row.kind)
    stays = known if known and known.kind == row.kind else None
    head, secretary = row.head_title, row.secretary_title
    if head is None and stays:
        head = stays.head_title
    if secretary is None and stays:
        secretary = stays.secretary_title
    return OpdRow(row.code, row.name, row.kind, head or usual.head, secretary or usual.secretary)


def _line(line: int, known: Opd | None, wanted: OpdRow) -> Line:
    name = plain(wanted.name)
    if known is None:
        return Line(line, Outcome.NEW, wanted.code, name)
    if not (changes := _changes(known, wanted)):
        return Line(line, Outcome.SAME, wanted.code, name)
    detail = "; ".join(
        f"{field}: {plain(getattr(known, field), 40)} → {plain(new, 40)}"
        for field, new in changes.items()
    )
    return Line(line, Outcome.CHANGED, wanted.code, name, detail)


def _changes(known: Opd, wanted: OpdRow) -> dict[str, str]:
    return {f: new for f, new in asdict(wanted).items() if getattr(known, f) != new}


async def _write(session: Session, act: Act, known: Opd | None, wanted: OpdRow) -> None:
    if known is None:
        session.add(Opd(**asdict(wanted)))
        await audit.record(session, act, "opd_added", wanted.code, after=asdict(wanted))
    elif changes := _changes(known, wanted):
        before = {field: getattr(known, field) for field in changes}
        for field, new in changes.items():
            setattr(known, field, new)
        await audit.record(session, act, "opd_changed", wanted.code, before, changes)


def _remarks(wanted: list[OpdRow]) -> tuple[str, ...]:
    """Hints only: what works, but is perhaps not what was meant."""
    strange = sorted({row.kind for row in wanted if titles.titles(row.kind) is titles.UNKNOWN})
    digits = [row.code for row in wanted if row.code.replace("-", "").isdigit()]
    bundles = [row.code for row in wanted if cells.BUNDLE.fullmatch(row.code)]
    remarks = [
        f"hint: the kind {kind} is not known: its head is called {titles.UNKNOWN.head} and its "
        f"secretary {titles.UNKNOWN.secretary} unless head_title and secretary_title say otherwise"
        for kind in strange
    ]
    remarks += [f"hint: the code {code} reads like item numbers in /done" for code in digits]
    remarks += [f"hint: the code {code} reads like a bundle in /ubah" for code in bundles]
    return tuple(remarks)
