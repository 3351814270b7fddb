"""The command line: python -m bot <verb>."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.main import get_command

from bot.cli import audit, backup, check, demo, door, files, invite, person, run

cli = typer.Typer(
    name="python -m bot",
    help="Tuntas: a city's checklists, finished to the last item.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
cli.command()(run.run)
cli.command()(demo.demo)
cli.add_typer(files.verbs, name="import")
cli.add_typer(invite.verbs, name="invite")
cli.add_typer(person.verbs, name="person")
cli.command()(check.check)
cli.command()(audit.audit)
cli.command()(backup.backup)
cli.command()(backup.restore)


def _as_called(verb: Any, called: str) -> None:
    """Help shows what can be typed here."""
    verb.help = (verb.help or "").replace(str(cli.info.name), called)
    for below in getattr(verb, "commands", {}).values():
        _as_called(below, called)


def main() -> None:
    os.umask(0o077)  # what is written names officials: it is for this account alone
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a letter is no failure
    try:
        verbs = get_command(cli)
        _as_called(verbs, door.called())
        verbs(prog_name=door.called())
    except PermissionError as denied:
        sys.exit(f"{denied.filename}: permission denied: it belongs to another account (chown)")


if __name__ == "__main__":
    main()
