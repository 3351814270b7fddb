"""import opd, import checklist: files in, every row accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import door
from bot.cli.listing import listing

if TYPE_CHECKING:
    from config.settings import Settings
    from db.due import Due
    from db.load.checklist import Wish
    from db.load.shown import Report
    from db.load.tables import Table

verbs = typer.Typer(no_args_is_help=True, help="Import OPD or a checklist from CSV or XLSX.")

File = Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="CSV or XLSX.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would happen; write nothing.")]
Programme = Annotated[str, typer.Option(metavar="CODE", help="Such as PEKPPP-2026.")]
DueDate = Annotated[
    str | None,
    typer.Option("--due", metavar="DATE", help="The deadline, where the column due has none."),
]
Codes = Annotated[
    str | None, typer.Option("--opd", metavar="CODE,…", help="For these OPD; else for all.")
]
Kinds = Annotated[
    str | None, typer.Option("--kind", metavar="KIND,…", help="For OPD of these kinds only.")
]
Force = Annotated[bool, typer.Option("--force", help="Take deadlines that are past.")]


@verbs.command()
def opd(file: File, dry_run: DryRun = False) -> None:
    """Add OPD, or bring them up to date.

    Columns: code, name, kind; head_title and secretary_title where they differ from the kind's.

    Example: python -m bot import opd config/kendari/opd.csv
    """
    from db.load.opd import NEEDED  # noqa: PLC0415

    settings = door.settings()
    table = _table(file, NEEDED)
    _show(door.run(_opd(settings, table, save=not dry_run), settings), dry_run)


@verbs.command()
def checklist(
    file: File,
    programme: Programme,
    due: DueDate = None,
    opd: Codes = None,
    kind: Kinds = None,
    force: Force = False,
    dry_run: DryRun = False,
) -> None:
    """Give OPD the items of a checklist, or bring them up to date.

    Columns: number and title; if wanted code, aspect, aspect_weight_pct, weight_in_aspect_pct,
    evidence, evidence_form, evidence_freshness, lead_time, due.

    Example: python -m bot import checklist config/kendari/pekppp-2026.csv
    --programme PEKPPP-2026 --due 30/9/2027
    """
    from db.load.checklist import Wish  # noqa: PLC0415
    from db.load.checklist_rows import NEEDED  # noqa: PLC0415

    settings = door.settings()
    codes = [code.upper() for code in _split("--opd", opd)]
    kinds = [one.lower() for one in _split("--kind", kind)]
    wish = Wish(_programme(programme), _due(settings, due), codes, kinds, force)
    table = _table(file, NEEDED)
    _show(door.run(_checklist(settings, table, wish, save=not dry_run), settings), dry_run)


async def _opd(settings: Settings, table: Table, *, save: bool) -> Report:
    from db.load import opd  # noqa: PLC0415

    act = door.act("import opd")
    async with door.session(settings, save=save) as session:
        return await opd.load(session, act, table, save=save)


async def _checklist(settings: Settings, table: Table, wish: Wish, *, save: bool) -> Report:
    from bot.cli.deadlines import Reader  # noqa: PLC0415
    from db.load import checklist  # noqa: PLC0415

    act, read_due = door.act(f"import checklist {wish.programme}"), Reader(settings).written
    async with door.session(settings, save=save) as session:
        calendar = settings.calendar()
        return await checklist.load(session, act, calendar, table, wish, read_due, save=save)


def _programme(text: str) -> str:
    from db.load import cells  # noqa: PLC0415

    try:
        code = cells.code(text.strip())
    except cells.Wrong as why:
        raise typer.BadParameter(f"--programme: {why}") from None
    if cells.BUNDLE.fullmatch(code):
        raise typer.BadParameter(f"--programme: {code} would be a bundle in /ubah")
    return code


def _due(settings: Settings, text: str | None) -> Due | None:
    from bot.cli.deadlines import Reader  # noqa: PLC0415

    try:
        return None if text is None else Reader(settings).said(text)
    except ValueError as why:
        raise typer.BadParameter(f"--due: {why}") from None


def _split(option: str, text: str | None) -> list[str]:
    """An option that is there and names nobody does not mean everybody."""
    parts = [part.strip() for part in (text or "").split(",") if part.strip()]
    if text is not None and not parts:
        raise typer.BadParameter(f"{option}: nothing is named")
    return parts


def _table(file: Path, needed: Sequence[str]) -> Table:
    from db.load.shown import Unreadable  # noqa: PLC0415
    from db.load.tables import read_file  # noqa: PLC0415

    try:
        table = read_file(file)
        table.needs(*needed)
    except Unreadable as why:
        door.fail(f"{file}: {why}")
    return table


def _show(report: Report, dry: bool) -> None:
    for line in listing(report, dry=dry):
        door.say(line)
    if report.is_wrong:
        raise SystemExit(1)
