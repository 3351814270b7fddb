"""What can go wrong with the database: SQLite's own refusals, on the writing connection."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from db.engine import GLANCE, file_of
from tests.town import Town

BALLAST = "INSERT INTO ballast VALUES (zeroblob(1000000), NULL)"  # more than is left
ORPHAN = "INSERT INTO ballast VALUES (NULL, -1)"  # noticed at the commit, and refused
UNBOUND = 4294967294  # pages: SQLite's most


def lay_ballast(file: Path) -> None:
    """Once, while nobody writes."""
    with closing(sqlite3.connect(file)) as other:
        if not other.execute("SELECT 1 FROM sqlite_master WHERE name = 'ballast'").fetchone():
            other.execute(
                "CREATE TABLE ballast (weight BLOB, opd INTEGER"
                " REFERENCES opd (id) DEFERRABLE INITIALLY DEFERRED)"
            )


class Base:
    """A database that is away while `with` lasts, or for so many tries of the writer only."""

    def __init__(self, town: Town, fault: str, tries: float = math.inf) -> None:
        self.town, self.fault, self.left = town, fault, tries
        self.file = file_of(town.desk.settings.database_url)
        self.other: sqlite3.Connection | None = None
        self.is_away = False
        self.tried = 0  # transactions, while it was away

    def begin(self) -> None:
        """From the writer's next transaction on."""
        lay_ballast(self.file)
        self.is_away = True
        writer = self.town.desk.database.writer.sync_engine
        event.listen(writer, "checkout", self._taken)
        event.listen(writer, "before_cursor_execute", self._writes)
        event.listen(writer, "commit", self._commits)

    def end(self) -> None:
        self.is_away = False
        if self.other:
            self.other.close()
            self.other = None

    def _taken(self, connection: Any, *_: object) -> None:
        if self.left == 0:
            self.end()
        self.left -= 1
        self.tried += 1
        if self._is("locked by another process") and not self.other:
            self.other = sqlite3.connect(self.file)
            self.other.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA busy_timeout = {0 if self.is_away else GLANCE}")
        connection.execute(f"PRAGMA query_only = {self._is('read-only')}")
        most = 1 if self._is("full", "full at the commit") else UNBOUND
        connection.execute(f"PRAGMA max_page_count = {most}")

    def _writes(self, connection: Connection, _cursor: object, said: str, *_: object) -> None:
        if self._is("full") and said.startswith(("INSERT", "UPDATE")) and said != BALLAST:
            connection.exec_driver_sql(BALLAST)

    def _commits(self, connection: Connection) -> None:
        if self._is("full at the commit"):
            connection.exec_driver_sql(BALLAST)
        if self._is("commit refused"):
            connection.exec_driver_sql(ORPHAN)

    def _is(self, *faults: str) -> bool:
        return self.is_away and self.fault in faults


@contextmanager
def away(town: Town, fault: str) -> Iterator[None]:
    base = Base(town, fault)
    base.begin()
    yield
    base.end()
