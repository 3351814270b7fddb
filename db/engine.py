"""The one place that tells SQLite (and PostgreSQL) how to behave."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Insert, event, exc, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

Session = AsyncSession
Rows = Sequence[Mapping[str, Any]]
Unavailable = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)  # not a bug: try again
READERS = 4


@dataclass(frozen=True, slots=True)
class Database:
    """One writing connection, a few reading ones: SQLite before 3.51.3 may lose a commit when
    two connections write or checkpoint at the same moment (its WAL-reset bug)."""

    writer: AsyncEngine
    reader: AsyncEngine

    def writing(self) -> AbstractAsyncContextManager[Session]:
        """A transaction: commits when the block ends well, rolls back when it does not."""
        return async_sessionmaker(self.writer, expire_on_commit=False).begin()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Session]:
        """One consistent view; what is written in it is refused or forgotten."""
        async with AsyncSession(self.reader, autoflush=False) as session:
            yield session

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
        engine = create_async_engine(url, hide_parameters=True)
        _queue_writers(writer := create_async_engine(url, hide_parameters=True))
        return Database(writer, engine)
    file_of(url).parent.mkdir(parents=True, exist_ok=True)
    writer = create_async_engine(url, pool_size=1, max_overflow=0, hide_parameters=True)
    reader = create_async_engine(url, pool_size=READERS, max_overflow=0, hide_parameters=True)
    _tame(writer.sync_engine, begin="BEGIN IMMEDIATE")  # a plain BEGIN loses races to write
    _tame(reader.sync_engine, begin="BEGIN", then="PRAGMA query_only = ON")
    return Database(writer, reader)


def file_of(url: str) -> Path:
    return Path(make_url(url).database or "")


def insert_or_ignore(dialect: str, table: Any, values: Mapping[str, Any] | Rows) -> Insert:
    """Do nothing where the row is there already. `values`: one mapping, or a list of them."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).values(values).on_conflict_do_nothing()


async def add_once(session: Session, table: Any, **values: object) -> bool:
    """True if the row is new."""
    dialect = session.get_bind().dialect.name
    result = await session.execute(insert_or_ignore(dialect, table, values))
    return bool(getattr(result, "rowcount", 0))


async def add_all_once(session: Session, table: Any, rows: Rows) -> None:
    """Those that are new, in one go."""
    if rows:
        insert = (
            postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        )
        await session.execute(insert(table).on_conflict_do_nothing(), rows)


def append_only(dialect: str, table: str) -> list[str]:
    """The statements by which the database itself refuses to change or remove a row."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only()",
    ]


def _tame(engine: Engine, begin: str, then: str = "") -> None:
    @event.listens_for(engine, "connect")
    def pragmas(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions for us
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 5000")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        if then:
            cursor.execute(then)
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _queue_writers(engine: AsyncEngine) -> None:
    """PostgreSQL: writers come one after the other, as they do on SQLite."""

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(20260113)")
