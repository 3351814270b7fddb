"""Create the database, or bring it up to date: wholly, with a copy laid aside first, or not at
all."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from db import engine, shape
from db.archive import copying, place, switching
from db.engine import Database
from db.migrations import HEAD

COPY = re.compile(r"(before-[^-]+-from-[^-]+)-([0-9TZ.]+)\.db")
STEPS_KEPT = 3  # of each step the newest copy only, so that a start again and again fills no disk


@dataclass(frozen=True, slots=True)
class Migrations:
    """Where they lie, and the newest of them."""

    folder: Path
    head: str


OURS = Migrations(Path(__file__).parent / "migrations", HEAD)


class TooNew(Exception):
    """The database was made by a newer Tuntas than this one."""


class Untouched(Exception):
    """A migration failed, and the database is what it was. `copy`: where another one lies."""

    def __init__(self, current: str | None, head: str, copy: Path | None) -> None:
        self.current, self.head, self.copy = current, head, copy
        super().__init__(current, head, copy)


async def to_head(url: str, backups: Path | None, migrations: Migrations = OURS) -> Database:
    """The database, ready. Copies an older one to `backups` before touching it (None: it is a
    copy itself), and finishes a restore that was cut off."""
    finish_restore(url)
    database = engine.connect(url)
    try:
        current = await revision(database)
        if current and current > migrations.head:
            known = migrations.head
            raise TooNew(f"the database is at revision {current}, this Tuntas knows {known}")
        if current != migrations.head:
            await _upgrade(database, url, backups, migrations)
        if migrations is OURS and (lacking := await shape.lacking(database)):
            raise shape.Incomplete(lacking)
    except BaseException:
        await database.close()
        raise
    return database


def finish_restore(url: str) -> None:
    """Before anybody looks whether there is a database: one that was cut off is carried on."""
    if url.startswith("sqlite"):
        switching.finish(engine.file_of(url))


async def revision(database: Database) -> str | None:
    """Which one the database is at; None where nothing was ever made."""
    async with database.reader.connect() as connection:
        return await connection.run_sync(_revision)


async def _upgrade(
    database: Database, url: str, backups: Path | None, migrations: Migrations
) -> None:
    """One transaction: the copy is of exactly what is migrated, and whoever comes second waits
    and finds it done."""
    current, copy = None, None
    try:
        async with _patient(database) as connection, connection.begin():
            current = await connection.run_sync(_revision)
            if current == migrations.head:
                return
            if current and backups and url.startswith("sqlite"):
                name = f"before-{migrations.head}-from-{current}"
                copy = await asyncio.to_thread(_lay_aside, engine.file_of(url), backups, name)
            await connection.run_sync(_run_alembic, migrations)
            await connection.run_sync(_refuse_orphans)
    except Exception as wrong:
        raise Untouched(current, migrations.head, copy) from wrong


@asynccontextmanager
async def _patient(database: Database) -> AsyncIterator[AsyncConnection]:
    """As SQLite wants tables to be made anew: without foreign keys, which are checked at the end.
    Who migrates at the same time is waited for."""
    async with database.writer.connect() as connection:
        if database.writer.dialect.name != "sqlite":
            yield connection
            return
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver, "it was just opened"
        await driver.executescript("PRAGMA foreign_keys = OFF; PRAGMA busy_timeout = 600000")
        try:
            yield connection
        finally:
            back = f"PRAGMA foreign_keys = ON; PRAGMA busy_timeout = {engine.GLANCE}"
            await driver.executescript(back)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _run_alembic(connection: Connection, migrations: Migrations) -> None:
    from alembic import command  # noqa: PLC0415  costs 0.4 s, and is needed only when behind
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations.folder))
    config.attributes["connection"] = connection
    command.upgrade(config, migrations.head)


def _refuse_orphans(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        orphan = connection.execute(text("PRAGMA foreign_key_check")).first()
        if orphan:
            raise ValueError(
                f"rows of {orphan[0]} would refer to rows of {orphan[2]} that are gone"
            )


def _lay_aside(file: Path, backups: Path, name: str) -> Path:
    target = backups / f"{name}-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.db"
    place.make_folder(backups)
    with place.working(backups) as folder:
        copying.copy(file, folder / "copy.db")
        copying.verify(folder / "copy.db")
        place.publish(folder / "copy.db", target)
    _thin_out(backups)
    return target


def _thin_out(backups: Path) -> None:
    found = [match for path in backups.iterdir() if (match := COPY.fullmatch(path.name))]
    found.sort(key=lambda match: match[2], reverse=True)
    newest = list(dict.fromkeys(match[1] for match in found))[:STEPS_KEPT]
    kept = {next(m[0] for m in found if m[1] == step) for step in newest}
    for match in found:
        if match[0] not in kept:
            (backups / match[0]).unlink()
