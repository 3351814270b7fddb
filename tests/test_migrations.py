"""A database is brought up to date wholly, or it stays what it was and a copy of it is named."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from config import kendari
from db import engine, upgrade
from db.migrations import HEAD
from db.upgrade import OURS, Migrations, TooNew, Untouched
from tests.test_cli import Home, home

__all__ = ["home"]

ROOT = Path(__file__).parent.parent
NEXT = "9999"
ADDS = """
    op.add_column("opd", sa.Column("motto", sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE opd SET motto = 'tuntas'")
"""
REBUILDS = """
    with op.batch_alter_table("opd") as table:
        table.alter_column("name", type_=sa.Text())
"""
ORPHANS = "    op.execute('DELETE FROM opd')\n"
FAILS = "    op.execute('UPDATE no_such_table SET x = 1')\n"
WAITS = """
    import pathlib, time
    pathlib.Path({sign!r}).touch()
    time.sleep(60)
"""
ROWS = """
    INSERT INTO opd (id, code, name, kind, head_title, secretary_title, topic_id, chat_title,
        chat_trouble) VALUES (1, 'DIKBUD', 'Dinas Pendidikan', 'dinas', '', '', 0, '', '');
    INSERT INTO item (id, opd_id, number, title, weight, evidence, state, due_at, due_zone,
        first_due_at, moved_by_hand, has_evidence) VALUES (1, 1, 1, 'Maklumat', 0, '', 'open',
        '2026-12-24', 'Asia/Makassar', '2026-12-24', 0, 0);
"""
TO_HEAD = """
import asyncio, sys
from pathlib import Path
from db.upgrade import OURS, Migrations, to_head

async def go(url, backups, folder, head):
    migrations = Migrations(Path(folder), head) if folder else OURS
    await (await to_head(url, Path(backups), migrations)).close()

asyncio.run(go(*sys.argv[1:]))
"""


class Installation:
    """A database file of its own, a folder of backups, and migrations that can be added to."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "tuntas.db"
        self.backups = folder / "backups"
        self.url = f"sqlite+aiosqlite:///{self.file}"
        self.scripts = folder / "migrations"

    def with_next(self, body: str) -> Migrations:
        """Ours, and one more."""
        shutil.copytree(OURS.folder, self.scripts, dirs_exist_ok=True)
        head = f'revision = "{NEXT}"\ndown_revision = "{HEAD}"\n'
        imports = "import sqlalchemy as sa\nfrom alembic import op\n\n"
        script = f"{imports}{head}\n\ndef upgrade():\n{body}"
        (self.scripts / "versions" / f"{NEXT}_next.py").write_text(script)
        return Migrations(self.scripts, NEXT)

    def only_first(self) -> Migrations:
        shutil.copytree(OURS.folder, self.scripts, dirs_exist_ok=True)
        for script in (self.scripts / "versions").glob("*.py"):
            if not script.name.startswith("0001"):
                script.unlink()
        return Migrations(self.scripts, "0001")

    async def to(self, migrations: Migrations = OURS) -> None:
        await (await upgrade.to_head(self.url, self.backups, migrations)).close()

    def starts(self, migrations: Migrations | None = None) -> subprocess.Popen[str]:
        """The same, as a process."""
        given = [str(migrations.folder), migrations.head] if migrations else ["", ""]
        return subprocess.Popen(
            [sys.executable, "-c", TO_HEAD, self.url, str(self.backups), *given],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            text=True,
        )

    def asks(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.file)) as connection:
            return connection.execute(query).fetchall()

    def has(self, statement: str) -> None:
        with closing(sqlite3.connect(self.file)) as connection, connection:
            connection.executescript(statement)

    @property
    def copies(self) -> list[Path]:
        return sorted(self.backups.iterdir()) if self.backups.exists() else []


def content(file: Path) -> list[str]:
    """All that a database holds, as statements; a copy may hold them in another order."""
    with closing(sqlite3.connect(file)) as connection:
        return sorted(connection.iterdump())


@pytest.fixture
async def there(tmp_path: Path, empty_database: Path) -> Installation:
    """At the newest revision, with an OPD and an item."""
    installation = Installation(tmp_path)
    shutil.copy(empty_database, installation.file)
    installation.has(ROWS)
    return installation


async def test_what_succeeds_leaves_a_copy_of_the_old_one(there: Installation) -> None:
    before = content(there.file)
    await there.to(there.with_next(ADDS))

    assert there.asks("SELECT DISTINCT motto FROM opd") == [("tuntas",)]
    [copy] = there.copies
    assert copy.name.startswith(f"before-{NEXT}-from-{HEAD}-")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert content(copy) == before


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (ADDS + FAILS, "no such table"),
        (REBUILDS + ADDS + FAILS, "no such table"),
        (ADDS + ORPHANS, "rows of item would refer to rows of opd that are gone"),
    ],
    ids=["after new columns", "after a table made anew", "that leaves orphans"],
)
async def test_what_fails_leaves_all_as_it_was(there: Installation, body: str, why: str) -> None:
    before = content(there.file)
    with pytest.raises(Untouched) as failure:
        await there.to(there.with_next(body))

    assert why in str(failure.value.__cause__)
    assert content(there.file) == before
    assert [failure.value.copy] == there.copies
    assert content(there.copies[0]) == before


async def test_what_failed_once_can_be_done_later(there: Installation) -> None:
    with pytest.raises(Untouched):
        await there.to(there.with_next(ADDS + FAILS))
    await there.to(there.with_next(ADDS))

    assert there.asks("SELECT version_num FROM alembic_version") == [(NEXT,)]


async def test_a_table_that_others_refer_to_can_be_made_anew(there: Installation) -> None:
    await there.to(there.with_next(REBUILDS))

    assert there.asks("SELECT opd.code FROM item JOIN opd ON opd.id = opd_id") == [("DIKBUD",)]
    assert there.asks("PRAGMA foreign_key_check") == []


async def test_foreign_keys_are_watched_again_afterwards(there: Installation) -> None:
    database = await upgrade.to_head(there.url, there.backups, there.with_next(ADDS))
    async with database.writer.connect() as connection:
        watched = await connection.exec_driver_sql("PRAGMA foreign_keys")
        patience = await connection.exec_driver_sql("PRAGMA busy_timeout")

        assert (watched.scalar(), patience.scalar()) == (1, engine.GLANCE)
    await database.close()


async def test_from_the_first_revision_to_the_newest(tmp_path: Path, empty_database: Path) -> None:
    installation = Installation(tmp_path)
    await installation.to(installation.only_first())
    await installation.to()
    tables = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    with closing(sqlite3.connect(empty_database)) as fresh:
        made_at_once = fresh.execute(tables).fetchall()

    assert _sorted(installation.asks(tables)) == _sorted(made_at_once)


def _sorted(tables: Sequence[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Alembic writes the constraints of a table that it makes anew in any order."""
    return [(*names, sorted(re.split(r", (?=\n)|\n", str(sql)))) for *names, sql in tables]


async def test_a_newer_one_is_left_alone(there: Installation) -> None:
    await there.to(there.with_next(ADDS))
    before = content(there.file)
    with pytest.raises(TooNew, match=f"revision {NEXT}, this Tuntas knows {HEAD}"):
        await there.to()

    assert content(there.file) == before


def test_several_processes_at_once_migrate_once(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    asyncio.run(installation.to(installation.only_first()))
    processes = [installation.starts() for _ in range(3)]
    said = [process.communicate(timeout=60)[1] for process in processes]

    assert said == ["", "", ""]
    assert installation.asks("SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert len(installation.copies) == 1


async def test_a_kill_in_the_middle_needs_no_hand(there: Installation, tmp_path: Path) -> None:
    before, sign = content(there.file), tmp_path / "sign"
    process = there.starts(there.with_next(REBUILDS + ADDS + WAITS.format(sign=str(sign))))
    while not sign.exists():
        assert process.poll() is None, process.stderr and process.stderr.read()
        await asyncio.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    await there.to()

    assert content(there.file) == before
    await there.to(there.with_next(ADDS))
    assert there.asks("SELECT DISTINCT motto FROM opd") == [("tuntas",)]


async def test_failing_again_and_again_fills_no_disk(there: Installation) -> None:
    for _ in range(4):
        with pytest.raises(Untouched):
            await there.to(there.with_next(ADDS + FAILS))

    assert len(there.copies) == 1


async def test_of_the_last_three_steps_the_newest_copy_is_kept(there: Installation) -> None:
    there.backups.mkdir()
    others = [
        f"before-000{n + 1}-from-000{n}-2026{month:02}01T080000.000000Z.db"
        for n, month in ((1, 1), (2, 2), (3, 3), (3, 4), (4, 5))
    ]
    for name in [*others, "before-lunch.db", "tuntas-2026-01-01.zip"]:
        (there.backups / name).touch()
    await there.to(there.with_next(ADDS))
    left = {copy.name for copy in there.copies}

    assert {others[3], others[4], "before-lunch.db", "tuntas-2026-01-01.zip"} < left
    assert len(left) == 5


async def test_a_damaged_database_is_not_migrated(there: Installation) -> None:
    [(page,)] = there.asks("SELECT rootpage FROM sqlite_master WHERE name = 'item'")
    [(size,)] = there.asks("PRAGMA page_size")
    with there.file.open("r+b") as file:
        file.seek((int(str(page)) - 1) * int(str(size)))
        file.write(b"\xff" * int(str(size)))
    damaged = there.file.read_bytes()
    with pytest.raises(Untouched) as failure:
        await there.to(there.with_next(ADDS))

    assert failure.value.copy is None
    assert there.copies == []
    assert there.file.read_bytes() == damaged


def test_the_command_line_says_that_nothing_was_touched(home: Home) -> None:
    """0002 makes a trigger whose name is taken here."""
    home.database.parent.mkdir()
    installation = Installation(home.database.parent)
    asyncio.run(installation.to(installation.only_first()))
    taken = "CREATE TRIGGER audit_in_order BEFORE INSERT ON audit BEGIN SELECT 1; END"
    installation.has(taken)
    before = content(home.database)
    done = home.does("import", "opd", kendari.OPD)

    [copy] = (home.folder / "data" / "backups").iterdir()
    assert done.returncode == 1
    assert done.stderr == (
        f"the database cannot be brought from revision 0001 to {HEAD} (trigger audit_in_order "
        f"already exists): it is untouched, and a copy of it lies at data/backups/{copy.name}\n"
    )
    assert content(home.database) == before


async def test_who_waits_for_a_long_migration_is_not_turned_away(there: Installation) -> None:
    """Longer than a writer waits otherwise. Of two, the second finds it done."""
    next_one = there.with_next(ADDS)
    with closing(sqlite3.connect(there.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = [asyncio.create_task(there.to(next_one)) for _ in range(2)]
        await asyncio.sleep(5.5)
        assert not any(one.done() for one in waiting)
        other.execute("COMMIT")
    await asyncio.gather(*waiting)

    assert there.asks("SELECT version_num FROM alembic_version") == [(NEXT,)]
    assert [copy.name.split("-")[3] for copy in there.copies] == [HEAD]
