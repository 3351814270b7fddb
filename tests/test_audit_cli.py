"""`audit` as people run it: what it prints, beside what was noted, and how it ends."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from config import kendari
from tests.test_cli import Home, home

__all__ = ["home"]


@pytest.fixture
def line(home: Home) -> str:
    """What is printed of a whole log, to be noted elsewhere: number and hash."""
    home.does("import", "opd", kendari.OPD)
    whole = home.does("audit")
    found = re.search(r"the last (\d+:[0-9a-f]{64})$", whole.stdout)
    assert found, whole.stdout
    return found[1]


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
