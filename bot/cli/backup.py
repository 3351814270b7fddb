"""backup, restore: database and evidence in one archive, and back."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import door
from bot.cli.run import only_copy

if TYPE_CHECKING:
    from config.settings import Settings
    from db.archive.making import Source
    from db.archive.manifest import Manifest
    from db.archive.restoring import Restored

File = Annotated[Path, typer.Argument(help="The archive, a .zip.", metavar="FILE")]
ASIDE = "what was there before lies in {folder}: delete it once nothing in it is missed"
OF_SERVER = (
    "the database lies on a PostgreSQL server, whose own tools copy it (pg_dump, pg_restore); "
    "keep the folder of evidence with it"
)
SINCE = (
    "whatever was done after that moment is not in it: confirmations, posts given and ended, links "
    "used. Each OPD and the coordinators are told so by the bot; reminders, the digest and what "
    "was owed then may reach people a second time"
)


def backup(file: File) -> None:
    """One archive: database, evidence and their checksums.

    Verified before it has its name; never overwrites. The bot may be running.

    Example: python -m bot backup tuntas.zip
    """
    if file.suffix.lower() != ".zip":
        raise typer.BadParameter("the file's name must end in .zip")
    settings = door.settings()
    source = _source(settings)
    if not door.is_made(settings):
        door.fail(f"there is no database yet at {source.database}: nothing to keep")
    said = door.run(_made(source, file), settings)
    door.say(f"{file}: kept and verified, {_contents(said)}")


def restore(file: File) -> None:
    """Put an archive in the place of database and evidence.

    What was there is kept aside. The bot must not be running.

    Example: python -m bot restore tuntas.zip
    """
    settings = door.settings()
    source = _source(settings)
    with only_copy(settings, "the bot is running on {file}: stop it first"):
        done = door.run(_restored(file, source, settings), settings)
    at = done.manifest.made_at.astimezone(settings.timezone)
    what = f"{done.manifest.city} as of {at:%Y-%m-%d %H:%M} {settings.timezone}"
    door.say(f"restored {what}: {_contents(done.manifest)}")
    for folder in done.kept:
        door.say(ASIDE.format(folder=folder))
    door.say(SINCE)


async def _made(source: Source, file: Path) -> Manifest:
    from db.archive.making import make  # noqa: PLC0415

    return await asyncio.to_thread(make, source, file, datetime.now(UTC), _stopped())


async def _restored(file: Path, source: Source, settings: Settings) -> Restored:
    from db.archive.restoring import restore  # noqa: PLC0415

    now = datetime.now(UTC)
    opens_at = settings.calendar().next_opening(now)
    return await asyncio.to_thread(restore, file, source, now, opens_at, _stopped())


def _stopped() -> Callable[[], bool]:
    """Whether Ctrl-C or SIGTERM came: then nothing is left behind."""
    stop = asyncio.Event()
    for wish in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(wish, stop.set)
    return stop.is_set


def _source(settings: Settings) -> Source:
    from db.archive.making import Source  # noqa: PLC0415

    file = door.file_of(settings)
    if file is None:
        door.fail(OF_SERVER)
    return Source(file, settings.evidence_dir, settings.city)


def _contents(said: Manifest) -> str:
    files = len(said.members) - 1
    return (
        f"{said.rows('opd')} OPD, {said.rows('item')} items, {said.confirmed} of them confirmed, "
        f"{said.rows('audit')} audit entries, {files} files of evidence"
    )
