"""import opd, import checklist: files in, every row accounted for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import deadlines, door
from bot.cli.listing import listing

if TYPE_CHECKING:
    from config.settings import Settings
    from db.load.checklist import Wish
    from db.load.shown import Report
    from db.load.tables import Table

verbs = typer.Typer(no_args_is_help=True, help="Import OPD or a checklist from CSV or XLSX.")

File = Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="CSV or XLSX.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would happen; write nothing.")]


@verbs.command()
def opd(file: File, dry_run: DryRun = False) -> None:
    """Add OPD, or bring them up to date.

    Columns: code, name, kind; head_title and secretary_title if they differ from the kind's.

    Example: python -m bot import opd config/kendari/opd.csv
    """
    settings = door.settings()
    _show(door.run(_opd(settings, _table(file), save=not dry_run), settings), dry_run)


@verbs.command()
def checklist(
    file: File,
    programme: Annotated[str, typer.Option(metavar="CODE", help="Such as PEKPPP-2026.")],
    due: Annotated[
        str,
        typer.Option(metavar="DATE", help="The deadline, where the file's column due has none."),
    ] = "",
    opd: Annotated[str, typer.Option(metavar="CODE,…", help="Only for these OPD.")] = "",
    kind: Annotated[str, typer.Option(metavar="KIND,…", help="Only for OPD of these kinds.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Take deadlines that are past.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Give OPD the items of a checklist, or bring them up to date.

    Columns: number, title; code, aspect, aspect_weight_pct, weight_in_aspect_pct, evidence,
    evidence_form, evidence_freshness, lead_time and due as wanted.

    Example: python -m bot import checklist config/kendari/pekppp-2026.csv
    --programme PEKPPP-2026 --due 30/9/2026
    """
    settings = door.settings()
    wish = _wish(settings, programme, due, opd, kind, force)
    _show(door.run(_checklist(settings, _table(file), wish, save=not dry_run), settings), dry_run)


async def _opd(settings: Settings, table: Table, *, save: bool) -> Report:
    from db.load import opd  # noqa: PLC0415

    async with door.database(settings) as database, database.writing() as session:
        return await opd.load(session, door.act("import opd"), table, save=save)


async def _checklist(settings: Settings, table: Table, wish: Wish, *, save: bool) -> Report:
    from db.load import checklist  # noqa: PLC0415

    act = door.act(f"import checklist {wish.programme}")
    async with door.database(settings) as database, database.writing() as session:
        return await checklist.load(
            session, act, settings.calendar(), table, wish, deadlines.reader(settings), save=save
        )


def _wish(settings: Settings, programme: str, due: str, opd: str, kind: str, force: bool) -> Wish:
    """Wrong usage is told before anything is opened."""
    from db.load import cells  # noqa: PLC0415
    from db.load.checklist import Wish  # noqa: PLC0415

    try:
        code = cells.code(programme.strip(), "programme")
        read = deadlines.reader(settings)(due) if due else None
    except ValueError as why:
        raise typer.BadParameter(str(why)) from None
    codes = frozenset(_split(opd.upper()))
    return Wish(code, read, codes, frozenset(_split(kind.lower())), force)


def _split(text: str) -> list[str]:
    return [part for part in text.replace(",", " ").split() if part]


def _table(file: Path) -> Table:
    from db.load.shown import Unreadable  # noqa: PLC0415
    from db.load.tables import read_file  # noqa: PLC0415

    try:
        return read_file(file)
    except Unreadable as why:
        door.fail(f"{file}: {why}")


def _show(report: Report, dry: bool) -> None:
    for line in listing(report, dry=dry):
        door.say(line)
    if report.is_wrong:
        raise SystemExit(1)
