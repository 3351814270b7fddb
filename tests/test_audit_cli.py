"""`audit` as people run it: what it prints, beside what was noted, and how it ends."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from config import kendari
from tests.test_cli import Home, home

__all__ = ["home"]


@dataclass(frozen=True)
class Noted:
    """A folder to copy, and what was printed there of the whole log, to be noted elsewhere."""

    folder: Path
    line: str  # number and hash

    def copied(self, home: Home) -> str:
        shutil.copytree(self.folder, home.folder, dirs_exist_ok=True)
        return self.line


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Noted:
    home = Home(tmp_path_factory.mktemp("imported"))
    home.does("import", "opd", kendari.OPD)
    whole = home.does("audit")
    found = re.search(r"the last (\d+:[0-9a-f]{64})$", whole.stdout)
    assert found, whole.stdout
    return Noted(home.folder, found[1])


@pytest.fixture(scope="session")
def restored(tmp_path_factory: pytest.TempPathFactory, imported: Noted) -> Noted:
    """What was noted after a backup of 44 entries, which was then restored: entry 45 says so."""
    home = Home(tmp_path_factory.mktemp("restored"))
    imported.copied(home)
    home.does("backup", "kept.zip")
    imports(home, "BARU")
    noted = imports(home, "LAIN")
    home.does("restore", "kept.zip")
    return Noted(home.folder, noted)


@pytest.fixture
def line(home: Home, imported: Noted) -> str:
    return imported.copied(home)


@pytest.fixture
def noted(home: Home, restored: Noted) -> str:
    return restored.copied(home)


def cut_off(home: Home, last: int) -> None:
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("DROP TRIGGER audit_no_delete")
        connection.execute("DELETE FROM audit WHERE id > ?", (last,))
        connection.commit()


def test_a_log_that_went_on_is_still_the_one_that_was_noted(home: Home, line: str) -> None:
    more = home.folder / "more.csv"
    more.write_text("code,name,kind\nBARU,Dinas Baru,dinas\n")
    home.does("import", "opd", more)
    later = home.does("audit", "--noted", line[:16])

    assert later.returncode == 0
    assert "45 entries, the last 45:" in later.stdout


def test_entries_removed_from_the_end_are_noticed_beside_what_was_noted(
    home: Home, line: str
) -> None:
    cut_off(home, 40)
    alone = home.does("audit")
    beside = home.does("audit", "--noted", line)

    assert (alone.returncode, beside.returncode, beside.stdout) == (0, 1, "")
    assert beside.stderr == (
        "the audit log is not the one that entry 44 was noted of: it is gone\n"
    )


def imports(home: Home, code: str) -> str:
    """One more entry. The line to note."""
    (home.folder / "more.csv").write_text(f"code,name,kind\n{code},Dinas {code},dinas\n")
    home.does("import", "opd", "more.csv")
    return home.does("audit").stdout.split()[-1]


def test_after_a_restore_the_note_is_told_apart_from_a_log_that_was_changed(
    home: Home, noted: str
) -> None:
    last = home.does("audit").stdout.split()[-1]
    done = home.does("audit", "--noted", noted)
    today = datetime.now(ZoneInfo("Asia/Makassar"))

    assert (noted[:3], last[:3], done.returncode, done.stdout) == ("46:", "45:", 1, "")
    assert "an older backup than entry 46 that you noted (it is gone)" in done.stderr
    assert f": a restore on {today:%Y-%m-%d} " in done.stderr
    assert "is recorded, entry 45;" in done.stderr
    assert f"note the last entry anew, {last}; else" in done.stderr


def test_it_is_told_apart_when_the_log_went_on_past_the_note_too(home: Home, noted: str) -> None:
    imports(home, "SATU")
    imports(home, "DUA")
    done = home.does("audit", "--noted", noted)

    assert done.returncode == 1
    assert "entry 46 that you noted (it has another hash, " in done.stderr
    assert "is recorded, entry 45;" in done.stderr


def test_what_was_noted_before_the_restored_backup_must_still_be_there(
    home: Home, imported: Noted, noted: str
) -> None:
    same = home.does("audit", "--noted", imported.line)
    other = home.does("audit", "--noted", f"44:{'0' * 64}")

    assert (same.returncode, other.returncode) == (0, 1)
    assert other.stderr.startswith("the audit log is not the one that entry 44 was noted of: ")
    assert "restore" not in other.stderr


def test_the_log_that_was_replaced_is_still_the_one_that_was_noted(home: Home, noted: str) -> None:
    [aside] = home.database.parent.glob("before-restore-*/tuntas.db")
    done = home.does("audit", "--noted", noted, DATABASE_URL=f"sqlite+aiosqlite:///{aside}")

    assert (done.returncode, done.stdout.split()[-1]) == (0, noted)


def test_a_log_written_anew_is_another_one(home: Home, line: str) -> None:
    other = home.does("audit", "--noted", f"44:{'0' * 64}")

    assert other.returncode == 1
    assert f"it has another hash, {line.partition(':')[2]}" in other.stderr


@pytest.mark.parametrize("noted", ["44", "x:5ad1c8e09b7f", "44:5ad", ":5ad1c8e09b7f"])
def test_what_was_noted_wrongly_is_wrong_usage(noted: str) -> None:
    done = CliRunner().invoke(cli, ["audit", "--noted", noted])

    assert done.exit_code == 2
    assert "the number of an entry" in done.output


def test_a_file_without_tables_gets_one_sentence(home: Home) -> None:
    home.database.parent.mkdir()
    home.database.touch()
    done = home.does("audit")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1


def test_it_needs_no_lock_while_somebody_writes(home: Home, line: str) -> None:
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE opd SET name = 'Dinas lain' WHERE code = 'DINKES'")
        done = home.does("audit")

    assert (done.returncode, done.stdout.split()[-1]) == (0, line)
