"""The one place that tells SQLite (and PostgreSQL) how to behave."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, Insert, event, exc, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from db.turns import Turns

Session = AsyncSession
Rows = Sequence[Mapping[str, Any]]
READERS = 4
PATIENCE = 30.0  # seconds, with those who write before us
BUSY = 5000  # milliseconds, with another process that writes
GLANCE = 250  # of them, until we look whether we are hurried


class Away(Exception):
    """The database cannot be used now: locked, full, unreadable, unreachable. Not a bug.
    `orig`: what its driver said."""

    def __init__(self, orig: BaseException) -> None:
        super().__init__(str(orig))
        self.orig = orig


Unavailable = (Away, exc.InterfaceError, exc.TimeoutError)  # try again
AWAY = (  # SQLite's result codes for it; a missing column, say, is SQLITE_ERROR, and a bug
    "SQLITE_BUSY",
    "SQLITE_CANTOPEN",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_LOCKED",
    "SQLITE_NOMEM",
    "SQLITE_PROTOCOL",
    "SQLITE_READONLY",
)


@dataclass(frozen=True, slots=True)
class Database:
    """One writing connection, a few reading ones: SQLite before 3.51.3 may lose a commit when
    two connections write or checkpoint at the same moment (its WAL-reset bug)."""

    writer: AsyncEngine
    reader: AsyncEngine
    turns: Turns = field(default_factory=Turns)

    @asynccontextmanager
    async def writing(self, *, urgent: bool = False) -> AsyncIterator[Session]:
        """A transaction: commits when the block ends well, rolls back when it does not. `urgent`:
        before all others that wait; for a note of what cannot be undone."""
        await self._take_turn(urgent=urgent)
        try:
            async with async_sessionmaker(self.writer, expire_on_commit=False).begin() as session:
                yield session
        finally:
            self.turns.leave()

    async def _take_turn(self, *, urgent: bool) -> None:
        try:
            await self.turns.take(urgent=urgent, patience=PATIENCE)
        except TimeoutError as late:
            raise Away(TimeoutError("others have been writing for too long")) from late

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Session]:
        """One consistent view; what is written in it is refused or forgotten."""
        async with AsyncSession(self.reader, autoflush=False) as session:
            yield session

    def hurry(self) -> None:
        """We are to stop: nobody waits for long any more until a transaction begins."""
        self.turns.hurry()

    async def leave_checkpoints(self) -> None:
        """For a second process that writes while the bot runs: only one of them may checkpoint."""
        if self.writer.dialect.name == "sqlite":
            async with self.writer.connect() as connection:
                await connection.exec_driver_sql("PRAGMA wal_autocheckpoint = 0")

    async def close(self) -> None:
        """Its threads would keep the process alive."""
        await self.writer.dispose()
        await self.reader.dispose()


def connect(url: str) -> Database:
    if not url.startswith("sqlite"):
        _queue_writers(writer := _engine(url))
        return Database(writer, _engine(url))
    file_of(url).parent.mkdir(parents=True, exist_ok=True)
    writer = _engine(url, pool_size=1, max_overflow=0)
    reader = _engine(url, pool_size=READERS, max_overflow=0)
    database = Database(writer, reader)
    _tame(writer.sync_engine, then=f"PRAGMA busy_timeout = {GLANCE}")
    _tame(reader.sync_engine, then="PRAGMA query_only = ON")
    _begin_patiently(writer.sync_engine, database.turns)
    event.listen(reader.sync_engine, "begin", lambda one: one.exec_driver_sql("BEGIN"))
    return database


def _engine(url: str, **pool: int) -> AsyncEngine:
    engine = create_async_engine(url, hide_parameters=True, **pool)
    event.listen(engine.sync_engine, "handle_error", _tell_apart)
    return engine


def _tell_apart(context: ExceptionContext) -> None:
    """A database that is away from a statement that is wrong."""
    if is_away(context.original_exception):
        raise Away(context.original_exception)


def is_away(error: BaseException) -> bool:
    """By what its driver said. That of PostgreSQL has a kind of OperationalError for a full disk,
    a server that stops, and so on."""
    if code := getattr(error, "sqlite_errorname", None):
        return str(code).startswith(AWAY)
    kinds = {kind.__name__ for kind in type(error).__mro__}
    return not kinds.isdisjoint({"OperationalError", "ReadOnlySqlTransaction"})


def file_of(url: str) -> Path:
    return Path(make_url(url).database or "")


def insert_or_ignore(dialect: str, table: Any, values: Mapping[str, Any]) -> Insert:
    """Do nothing where the row is there already."""
    return _ignoring(dialect, table).values(values)


async def add_once(session: Session, table: Any, **values: object) -> bool:
    """True if the row is new."""
    dialect = session.get_bind().dialect.name
    result = await session.execute(insert_or_ignore(dialect, table, values))
    return bool(getattr(result, "rowcount", 0))


async def add_all_once(session: Session, table: Any, rows: Rows) -> None:
    """Those that are new, in one go."""
    if rows:
        await session.execute(_ignoring(session.get_bind().dialect.name, table), rows)


def _ignoring(dialect: str, table: Any) -> Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing()


def _tame(engine: Engine, then: str) -> None:
    @event.listens_for(engine, "connect")
    def pragmas(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions for us
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute(then)
        cursor.close()


def _begin_patiently(engine: Engine, turns: Turns) -> None:
    """SQLite's own patience cannot be cut short when we are to stop."""

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        until = time.monotonic() + BUSY / 1000
        for tries_left in reversed(range(BUSY // GLANCE)):
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")  # a plain BEGIN loses races to write
            except Away as away:
                is_busy = getattr(away.orig, "sqlite_errorname", "") == "SQLITE_BUSY"
                is_over = turns.is_hurried or time.monotonic() > until
                if is_over or not (is_busy and tries_left):
                    raise
            else:
                return


def _queue_writers(engine: AsyncEngine) -> None:
    """PostgreSQL: writers come one after the other, as they do on SQLite."""

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(20260113)")
