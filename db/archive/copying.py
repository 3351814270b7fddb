"""A copy of the database at one moment, while others write to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from db.archive import place
from db.archive.halting import Abandoned, Halt, never, watch


def copy(file: Path, to: Path, halt: Halt = never) -> None:
    """Never the file alone, while its WAL is live; and read-only, so that we never checkpoint."""
    with open(to, "xb", opener=place.private):
        pass  # VACUUM INTO takes an empty file as well
    with reading(file, halt) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master")  # or a damage would be the copy's
        connection.execute("VACUUM INTO ?", (str(to),))


@contextmanager
def reading(file: Path, halt: Halt = never) -> Iterator[sqlite3.Connection]:
    """A connection of its own, for one thread, that changes nothing."""
    address = f"{file.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        watch(connection, halt)
        try:
            yield connection
        except sqlite3.OperationalError as wrong:
            if wrong.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise Abandoned from None
            raise


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """The rows of each table."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    names = sorted(name for (name,) in connection.execute(query))
    return {name: _count(connection, name) for name in names}


def confirmed(connection: sqlite3.Connection) -> int:
    """The items that are confirmed now."""
    query = "SELECT count(*) FROM item WHERE state IN ('submitted', 'verified')"
    (number,) = connection.execute(query).fetchone()
    return int(number)


def revision(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def _count(connection: sqlite3.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    (number,) = connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()
    return int(number)


def faults(connection: sqlite3.Connection) -> str:
    """What SQLite finds wrong with it; empty where it is whole."""
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if found == "ok" else " ".join(str(found).split())


def verify(file: Path) -> None:
    """sqlite3.DatabaseError where a copy is not whole."""
    with reading(file) as connection:
        if found := faults(connection):
            raise sqlite3.DatabaseError(f"the copy is not whole: {found}")
