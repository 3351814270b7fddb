"""Whether a database that came out of an archive is whole."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import event

from db import audit, upgrade
from db.archive import copying
from db.archive.halting import OFTEN, Halt, look
from db.archive.manifest import DATABASE, Manifest
from db.archive.streams import Damaged
from db.engine import Database
from db.shape import Incomplete


def check(file: Path, manifest: Manifest, halt: Halt) -> None:
    """Damaged, if it is not. An older one is brought up to date: that must succeed as well, and
    the audit log is read as this Tuntas reads it."""
    try:
        with copying.reading(file, halt) as connection:
            _check(connection, manifest)
    except sqlite3.DatabaseError as wrong:
        raise Damaged(f"{DATABASE} cannot be used ({wrong})") from wrong
    try:
        broken = asyncio.run(_first_broken(file, halt))
    except Incomplete as wrong:
        raise Damaged(str(wrong)) from wrong
    except Exception:
        look(halt)  # then it was interrupted
        raise
    if broken is not None:
        raise Damaged(f"its audit log is broken at entry {broken}")


def _check(connection: sqlite3.Connection, manifest: Manifest) -> None:
    if found := copying.faults(connection):
        raise Damaged(f"{DATABASE} is damaged ({found})")
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise Damaged(f"{DATABASE} has rows that refer to rows that are not there")
    if copying.revision(connection) != manifest.revision:
        raise Damaged(f"{DATABASE} is not at the revision that the manifest says")
    wrong = manifest.tables.items() ^ copying.counts(connection).items()
    if wrong:
        table = min(name for name, _ in wrong)
        raise Damaged(f"{DATABASE} has not as many rows in {table} as the manifest says")


async def _first_broken(file: Path, halt: Halt) -> int | None:
    database = await upgrade.to_head(f"sqlite+aiosqlite:///{file}", None)
    try:
        _watch(database, halt)
        async with database.reading() as session:
            return await audit.first_broken(session)
    finally:
        await database.close()


def _watch(database: Database, halt: Halt) -> None:
    @event.listens_for(database.reader.sync_engine, "connect")
    def watch(connection: Any, _record: object) -> None:
        connection.run_async(lambda c: c.set_progress_handler(lambda: int(halt()), OFTEN))
