"""Whether what lies under the name of a backup is one: by zipfile and sqlite3 alone."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from zipfile import BadZipFile, ZipFile


def faults(folders: Iterable[Path]) -> Iterator[str]:
    """Of every archive, and of every copy that was laid aside before a migration."""
    for folder in folders:
        for path in sorted(folder.glob("*.zip")):
            yield from (f"{path.name}: {why}" for why in _of_archive(path))
        for path in sorted(folder.glob("*.db")):
            yield from (f"{path.name}: {why}" for why in _of_database(path))


def _of_archive(path: Path) -> Iterator[str]:
    try:
        with ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            if bad := archive.testzip():
                yield f"{bad} is damaged"
            databases = [name for name in archive.namelist() if name.endswith(".db")]
            if len(databases) != 1:
                yield f"it holds {databases}"
            for name in databases:
                yield from _of_database(Path(archive.extract(name, folder)))
    except BadZipFile as wrong:
        yield str(wrong)


def _of_database(path: Path) -> Iterator[str]:
    try:
        found = ask(path, "PRAGMA integrity_check")
    except sqlite3.DatabaseError as wrong:
        yield str(wrong)
    else:
        yield from (str(said) for (said,) in found if said != "ok")


def ask(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute(question).fetchall()


def contents(path: Path) -> dict[str, int]:
    """How many rows each table has, but for the revision."""
    tables = ask(path, "SELECT name FROM sqlite_master WHERE type = 'table'")
    names = sorted(str(name) for (name,) in tables if name != "alembic_version")
    return {name: int(str(ask(path, f'SELECT count(*) FROM "{name}"')[0][0])) for name in names}


def revision(path: Path) -> str:
    """Empty where nothing was ever made."""
    if not ask(path, "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"):
        return ""
    found = ask(path, "SELECT version_num FROM alembic_version")
    return str(found[0][0]) if found else ""
