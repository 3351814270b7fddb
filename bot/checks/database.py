"""Whether the database is there, whole, of this version, and free to be written."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from bot.checks.finding import Finding, fine, hint, problem
from db import engine, shape, upgrade
from db.engine import Database
from db.migrations import HEAD

T = TypeVar("T")
MENDED = (3, 51, 3)  # SQLite's WAL-reset bug
WAITED = 3.0  # seconds for another's transaction: ours take milliseconds


async def database(url: str) -> list[Finding]:
    """Nothing is created, and nothing changed. What keeps us from looking is raised."""
    file = file_of(url)
    if file and not file.exists():
        return [hint("no-database", file=str(file))]
    wrong = await asyncio.to_thread(_of_file, file) if file else []
    return wrong or [*await _of_revision(url), *(_of_sqlite() if file else [])]


async def is_usable(url: str) -> bool:
    """Whether it can be asked anything; `database` says why not."""
    file = file_of(url)
    if file and not file.exists():
        return False
    try:
        return await _revision(url) == HEAD and not await _lacking(url)
    except Exception:
        return False


def file_of(url: str) -> Path | None:
    """None where a server keeps it."""
    return engine.file_of(url) if url.startswith("sqlite") else None


def _of_file(file: Path) -> list[Finding]:
    """As SQLite itself sees it; an empty transaction tells whether another could be written."""
    try:
        address = f"{file.resolve().as_uri()}?mode=rw"
        with closing(sqlite3.connect(address, uri=True, timeout=WAITED)) as connection:
            connection.isolation_level = None
            said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if said != "ok":
                return [problem("damaged", why=said.replace("\n", " "))]
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as wrong:
        return [_of_error(wrong)]
    return []


def _of_error(wrong: sqlite3.DatabaseError) -> Finding:
    code = getattr(wrong, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return problem("locked")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return problem("damaged", why=str(wrong))
    return problem("unusable", why=str(wrong))


async def _of_revision(url: str) -> list[Finding]:
    revision = await _revision(url)
    if revision == HEAD:
        if lacking := await _lacking(url):
            return [problem("incomplete", lacking=lacking)]
        return [fine("database", revision=revision)]
    if revision is not None and revision > HEAD:
        return [problem("too-new", revision=revision, known=HEAD)]
    return [hint("behind", revision=revision, known=HEAD)]


async def _revision(url: str) -> str | None:
    return await _asked(url, upgrade.revision)


async def _lacking(url: str) -> list[str]:
    return await _asked(url, shape.lacking)


async def _asked(url: str, question: Callable[[Database], Awaitable[T]]) -> T:
    opened = engine.connect(url)
    try:
        return await question(opened)
    finally:
        await opened.close()


def _of_sqlite() -> list[Finding]:
    """Hardly anybody can mend it, and nobody need: we write over one connection."""
    version = sqlite3.sqlite_version
    return [hint("wal-reset", version=version)] if sqlite3.sqlite_version_info < MENDED else []
