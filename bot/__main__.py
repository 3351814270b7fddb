"""The command line: python -m bot <verb>."""

from __future__ import annotations

import sys

import typer

from bot.cli import files

cli = typer.Typer(
    name="python -m bot",
    help="Tuntas: a city's checklists, finished to the last item.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
cli.add_typer(files.verbs, name="import")


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a letter is no failure
    cli()


if __name__ == "__main__":
    main()
