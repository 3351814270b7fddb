"""What every verb goes through: settings, the database, and one sentence when it fails."""

from __future__ import annotations

import asyncio
import os
import shlex
import sys
import tempfile
import traceback
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    from config.settings import Settings
    from db.act import Act
    from db.engine import Database, Session

T = TypeVar("T")
RESTORE = "stop the bot, then {tuntas} restore FILE with a backup"
TAKEN = "{file} is there already: choose another name"


def settings(*, need_token: bool = False, log_level: str = "WARNING") -> Settings:
    """Once they are known, nothing that is printed or logged tells a secret of theirs. Without a
    `log_level` it is LOG_LEVEL."""
    from bot import discreet, logs  # noqa: PLC0415
    from config.settings import read  # noqa: PLC0415  pydantic and the holidays take their time

    found = read(need_token=need_token)
    logs.screen(found)
    logs.set_up(log_level or found.log_level, found.log_format, discreet.hider(found))
    return found


def run(verb: Coroutine[Any, Any, T], settings: Settings) -> T:
    """A failure becomes one sentence and exit code 1; LOG_LEVEL=DEBUG shows where it arose."""
    try:
        return asyncio.run(verb)
    except Exception as wrong:
        if settings.log_level == "DEBUG":
            traceback.print_exc()
        from bot.cli.failures import sentence  # noqa: PLC0415

        fail(sentence(wrong, settings))


@asynccontextmanager
async def database(settings: Settings, *, save: bool = True) -> AsyncIterator[Database]:
    """Created or brought up to date first. The bot may be writing to it at the same time.
    Without `save` one that is not there yet is only imagined."""
    from db import upgrade  # noqa: PLC0415  half a second, which --help need not wait

    upgrade.finish_restore(settings.database_url)
    with tempfile.TemporaryDirectory() as folder:
        is_there = save or file_of(settings) is None or is_made(settings)
        url = settings.database_url if is_there else f"sqlite+aiosqlite:///{folder}/tuntas.db"
        opened = await upgrade.to_head(url, settings.backup_dir)
        try:
            await opened.leave_checkpoints()
            yield opened
        finally:
            await opened.close()


@asynccontextmanager
async def session(settings: Settings, *, save: bool = True) -> AsyncIterator[Session]:
    """One transaction; without `save` a view."""
    async with database(settings, save=save) as opened:
        view = opened.writing() if save else opened.reading()
        async with view as made:
            yield made


@asynccontextmanager
async def existing(settings: Settings) -> AsyncIterator[Database]:
    """For looking only: nothing is created or changed, but a restore that was cut off is ended."""
    from db import engine, upgrade  # noqa: PLC0415

    upgrade.finish_restore(settings.database_url)
    if not is_made(settings):
        fail(f"there is no database yet at {file_of(settings)}: the first import makes it")
    opened = engine.connect(settings.database_url)
    try:
        yield opened
    finally:
        await opened.close()


def file_of(settings: Settings) -> Path | None:
    """The database's file; None where a server keeps it."""
    from db import engine  # noqa: PLC0415

    url = settings.database_url
    return engine.file_of(url) if url.startswith("sqlite") else None


def is_made(settings: Settings) -> bool:
    file = file_of(settings)
    return file is None or file.exists()


def act(what: str) -> Act:
    """Each run is an act of its own."""
    from db.act import Act  # noqa: PLC0415

    now = datetime.now(UTC)
    return Act(now, f"cli:{what} {now:%Y-%m-%dT%H:%M:%S.%fZ}")


def called() -> str:
    """How this program is called from the folder we are in, such as `.venv/bin/python -m bot`."""
    program = Path(sys.executable)
    here = program.is_relative_to(Path.cwd())
    return f"{shlex.quote(str(program.relative_to(Path.cwd()) if here else program))} -m bot"


def fail(why: str) -> NoReturn:
    raise SystemExit(why)


def say(text: str) -> None:
    """To whoever still listens: a reader that has gone, as `| head` does, is no failure."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def note(text: str) -> None:
    """Beside what is printed: for whoever sits there, not for who reads standard output."""
    print(text, file=sys.stderr, flush=True)
