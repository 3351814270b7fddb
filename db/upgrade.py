"""Create the database, or bring it up to date with a copy of it laid aside first."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from db import engine
from db.engine import Database
from db.migrations import HEAD


class TooNew(Exception):
    """The database was made by a newer Tuntas than this one."""


async def to_head(url: str, backups: Path) -> Database:
    """The database, ready. Copies an older one to `backups` before touching it."""
    database = engine.connect(url)
    try:
        async with database.writer.connect() as connection:
            current = await connection.run_sync(_revision)
        if current != HEAD:
            await _upgrade(database, url, backups, current)
    except BaseException:
        await database.close()
        raise
    return database


async def revision(database: Database) -> str | None:
    """Which one the database is at; None where nothing was ever made."""
    async with database.reader.connect() as connection:
        return await connection.run_sync(_revision)


async def _upgrade(database: Database, url: str, backups: Path, current: str | None) -> None:
    if current and current > HEAD:
        raise TooNew(f"the database is at revision {current}, this Tuntas knows {HEAD}")
    if current and url.startswith("sqlite"):
        await asyncio.to_thread(_lay_aside, engine.file_of(url), backups, current)
    async with database.writer.begin() as connection:
        await connection.run_sync(_run_alembic)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _run_alembic(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  costs 0.4 s, and is needed only when behind
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _lay_aside(file: Path, backups: Path, revision: str) -> None:
    """Never the file alone, while its WAL is live."""
    backups.mkdir(parents=True, exist_ok=True)
    copy = backups / f"before-{HEAD}-from-{revision}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db"
    connection = sqlite3.connect(file)
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
    finally:
        connection.close()
