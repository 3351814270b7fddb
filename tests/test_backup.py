"""One archive keeps all: consistent while people confirm, verified before it has its name."""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.archive import making, opening, place
from db.archive.halting import Abandoned
from db.archive.making import Misplaced, Source
from db.archive.streams import Damaged
from db.migrations import HEAD
from tests import keeping
from tests.keeping import NOW, asks, kept, source_of
from tests.test_cli import Home, home
from tests.town import Town, wita

__all__ = ["home"]

MEBIBYTE = 1 << 20


@pytest.fixture
def source(tmp_path: Path, empty_database: Path) -> Source:
    """An empty database and a little evidence."""
    file = tmp_path / "data" / "tuntas.db"
    file.parent.mkdir()
    file.write_bytes(empty_database.read_bytes())
    source = Source(file, tmp_path / "data" / "evidence", "Kota Kendari")
    keeping.gives_evidence(source, loket=b"a photograph", maklumat=b"another")
    return source


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_a_name_that_is_no_utf8_is_kept_in_a_way_that_can_be_read(source: Source) -> None:
    file = source.evidence / "DIKBUD" / os.fsdecode(b"caf\xe9.jpg")
    file.write_bytes(b"a photograph")
    with zipfile.ZipFile(kept(source)) as opened:
        content = opened.read("evidence/DIKBUD/caf\\xe9.jpg")

    assert content == b"a photograph"


async def test_it_holds_database_evidence_and_a_manifest(town: Town, tmp_path: Path) -> None:
    await town.says(town.people["sari"], "/done 1, 3", town.groups["DIKBUD"])
    source = source_of(town)
    keeping.gives_evidence(source, loket=b"a photograph")
    archive = await asyncio.to_thread(kept, source)
    said = keeping.manifest_in(archive)

    with zipfile.ZipFile(archive) as opened:
        assert opened.namelist() == ["database.db", "evidence/DIKBUD/loket.jpg", "manifest.json"]
    assert said["made_at"] == "2026-11-24T02:00:00Z"
    assert (said["city"], said["revision"], said["confirmed"]) == ("Kota Kendari", HEAD, 2)
    assert said["tables"]["item"] == 4
    assert said["members"][1] == {
        "name": "evidence/DIKBUD/loket.jpg",
        "size": 12,
        "sha256": hashlib.sha256(b"a photograph").hexdigest(),
    }
    copy = keeping.database_in(archive, tmp_path / "out")
    assert asks(copy, "SELECT count(*) FROM item WHERE state = 'submitted'") == [(2,)]


async def test_what_is_confirmed_meanwhile_is_in_it_wholly_or_not_at_all(
    town: Town, tmp_path: Path
) -> None:
    for number in range(10, 60):
        await town.item("DIKBUD", number, f"Butir {number}", wita(12, 30))
    source, group = source_of(town), town.groups["DIKBUD"]

    async def keep() -> list[Path]:
        return [await asyncio.to_thread(kept, source, f"{n}.zip") for n in range(6)]

    keeps = asyncio.create_task(keep())
    for number in range(10, 60):
        await town.says(town.people["sari"], f"/done {number}", group)
    archives = await keeps
    confirmed = [keeping.manifest_in(archive)["confirmed"] for archive in archives]

    assert confirmed == sorted(confirmed)
    assert len(set(confirmed)) > 1, "nothing was confirmed while it was at work"
    for archive in archives:
        copy = keeping.database_in(archive, tmp_path / archive.stem)
        [(items,)] = asks(copy, "SELECT count(*) FROM item WHERE state = 'submitted'")
        [(told,)] = asks(copy, "SELECT count(*) FROM audit WHERE verb = 'submit'")
        assert items == told == keeping.manifest_in(archive)["confirmed"]
    assert asks(source.database, "SELECT count(*) FROM item WHERE state = 'submitted'") == [(50,)]


async def test_the_running_database_is_only_read(town: Town) -> None:
    """No checkpoint: what is in the WAL stays there."""
    await town.says(town.people["sari"], "/done 1", town.groups["DIKBUD"])
    source = source_of(town)
    wal = source.database.with_name("tuntas.db-wal")
    before = source.database.read_bytes(), wal.read_bytes()
    assert before[1]
    await asyncio.to_thread(kept, source)

    assert (source.database.read_bytes(), wal.read_bytes()) == before


async def test_what_only_the_wal_of_a_killed_process_holds_is_kept(
    town: Town, tmp_path: Path
) -> None:
    await town.says(town.people["sari"], "/done 1", town.groups["DIKBUD"])
    left = tmp_path / "left"
    left.mkdir()
    for name in ("tuntas.db", "tuntas.db-wal"):
        (left / name).write_bytes((tmp_path / name).read_bytes())
    before = {name: (left / name).read_bytes() for name in ("tuntas.db", "tuntas.db-wal")}
    archive = await asyncio.to_thread(
        kept, Source(left / "tuntas.db", tmp_path / "none", "Kota Kendari")
    )

    assert keeping.manifest_in(archive)["confirmed"] == 1
    assert {name: (left / name).read_bytes() for name in before} == before


def test_only_this_account_can_read_it(source: Source) -> None:
    before = os.umask(0)
    try:
        archive = kept(source)
    finally:
        os.umask(before)

    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert leftovers(archive.parent) == []


@pytest.mark.parametrize("there", ["file", "folder", "link"])
def test_it_never_overwrites(source: Source, there: str) -> None:
    target = source.database.with_name("kept.zip")
    if there == "file":
        target.write_text("mine")
    elif there == "folder":
        target.mkdir()
    else:
        target.symlink_to("nowhere")
    before = os.lstat(target)
    with pytest.raises(FileExistsError):
        kept(source)

    assert os.lstat(target) == before
    assert leftovers(target.parent) == []


def test_a_name_that_is_taken_meanwhile_is_left_alone(source: Source, tmp_path: Path) -> None:
    """Several at once: one of them has it, and none sweeps away what another works on."""
    outcomes: list[str] = []

    def keep() -> None:
        try:
            kept(source)
            outcomes.append("kept")
        except Exception as wrong:
            outcomes.append(type(wrong).__name__)

    threads = [threading.Thread(target=keep) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["FileExistsError"] * 7 + ["kept"]
    opening.verified(source.database.with_name("kept.zip"), tmp_path / "opened.db")


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        (
            keeping.unguarded(
                "INSERT INTO audit (id, at, verb, subject, source, before, after, previous, hash) "
                "VALUES (1, '2026-11-24 02:00:00.000000', 'x', 'x', 'x', '{}', '{}', '', '')"
            ),
            "broken at entry 1",
        ),
        (
            "PRAGMA foreign_keys = OFF; INSERT INTO item (opd_id, number, title, weight, evidence, "
            "state, due_at, due_zone, first_due_at, moved_by_hand, has_evidence) VALUES (9, 1, "
            "'x', 0, '', 'open', '2026-12-24', 'x', '2026-12-24', 0, 0)",
            "refer to rows that are not there",
        ),
    ],
    ids=["a broken audit log", "orphans"],
)
def test_a_database_that_is_not_sound_is_not_kept_as_if_it_were(
    source: Source, statements: str, why: str
) -> None:
    keeping.has(source.database, statements)
    with pytest.raises(Damaged, match=why):
        kept(source)

    assert not source.database.with_name("kept.zip").exists()
    assert leftovers(source.database.parent) == []


def test_a_page_that_cannot_be_read_is_a_failure(source: Source) -> None:
    [(page,)] = asks(source.database, "SELECT rootpage FROM sqlite_master WHERE name = 'opd'")
    with source.database.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(sqlite3.DatabaseError, match="malformed"):
        kept(source)

    assert leftovers(source.database.parent) == []


@pytest.mark.parametrize("inside", ["the database", "the archive"])
def test_evidence_that_would_swallow_the_rest_is_refused(source: Source, inside: str) -> None:
    data = source.database.parent
    evidence = data if inside == "the database" else data / "backups"
    target = data.parent / "kept.zip" if inside == "the database" else data / "backups" / "kept.zip"
    with pytest.raises(Misplaced, match="lies in EVIDENCE_DIR"):
        making.make(Source(source.database, evidence, "x"), target, NOW)

    assert not target.exists()


# told to stop


@pytest.mark.parametrize("looks", [0, 1, 2, 3, 5, 8, 13, 21, 34, 55])
def test_whenever_it_is_told_to_stop_nothing_is_left(source: Source, looks: int) -> None:
    left = [looks]

    def halt() -> bool:
        left[0] -= 1
        return left[0] < 0

    target = source.database.with_name("kept.zip")
    try:
        making.make(source, target, NOW, halt)
    except Abandoned:
        assert not target.exists()
    else:
        assert left[0] >= 0, "it went on though it was told to stop"
    assert leftovers(target.parent) == []


def test_a_large_one_stops_at_once(home: Home, source: Source) -> None:
    """Judged by how much it wrote after it was told to: a busy machine makes that no more."""
    with (source.evidence / "video.mp4").open("wb") as file:
        file.truncate(4096 * MEBIBYTE)
    process = home.starts("backup", "kept.zip")
    while not (made := list(home.folder.glob(f"{place.UNFINISHED}*/archive.zip"))):
        assert process.poll() is None
        time.sleep(0.01)
    with made[0].open("rb") as archive:  # keeps it until we have seen how long it got
        before = os.fstat(archive.fileno()).st_size
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
        written = os.fstat(archive.fileno()).st_size - before

    assert written < 512 * MEBIBYTE
    assert (process.returncode, out) == (1, "")
    assert err == "stopped before it was finished: nothing was written\n"
    assert sorted(path.name for path in home.folder.iterdir()) == ["data"]


# killed

EVENTS = ("sqlite3.connect", "os.link", "os.remove", "shutil.rmtree")


@pytest.mark.parametrize("moment", EVENTS)
def test_killed_at_a_named_point_it_leaves_no_half(
    source: Source, moment: str, tmp_path: Path
) -> None:
    target = source.database.with_name("kept.zip")
    process = keeping.process(source, target, moment)
    process.communicate()

    assert process.returncode == -signal.SIGKILL
    if moment == "shutil.rmtree":
        opening.verified(target, tmp_path / "opened.db")
    else:
        assert not target.exists()
    assert len(leftovers(target.parent)) == 1
    kept(source, "next.zip")
    assert leftovers(target.parent) == []


def test_killed_while_it_clears_up_what_is_left_is_known_for_nobodys(source: Source) -> None:
    target = source.database.with_name("kept.zip")
    keeping.process(source, target, "os.remove", of="archive.zip").communicate()

    [left] = leftovers(target.parent)
    assert (target.parent / left / "lock").exists()
    kept(source, "next.zip")
    assert leftovers(target.parent) == []


def test_killed_at_any_moment_it_leaves_no_half(source: Source, tmp_path: Path) -> None:
    with (source.evidence / "video.mp4").open("wb") as file:
        file.truncate(64 * MEBIBYTE)
    moments, nothing, length = random.Random(3), 0, 0.0
    for n in range(13):
        target = source.database.with_name(f"{n}.zip")
        process = keeping.process(source, target)
        assert process.stdout
        process.stdout.readline()
        began = time.monotonic()
        if length:
            time.sleep(moments.uniform(0, length))
            process.kill()
        process.communicate()
        took = time.monotonic() - began
        if not process.returncode:  # as the first one may: busy once is no measure
            length = min(length or took, took)
        if target.exists():
            opening.verified(target, tmp_path / f"{n}.db")
        nothing += not target.exists()

    assert nothing >= 3
    for folder in source.database.parent.glob(f"{place.UNFINISHED}*"):
        if not (folder / "lock").exists():  # killed as it began or ended: swept when an hour old
            os.utime(folder, (0, 0))
    kept(source, "next.zip")
    assert leftovers(source.database.parent) == []


def test_what_another_process_is_at_work_on_is_not_swept_away(source: Source) -> None:
    with (source.evidence / "video.mp4").open("wb") as file:
        file.truncate(256 * MEBIBYTE)
    target = source.database.with_name("kept.zip")
    process = keeping.process(source, target)
    while not list(target.parent.glob(f"{place.UNFINISHED}*/archive.zip")):
        assert process.poll() is None
        time.sleep(0.01)
    place.sweep(target.parent)
    process.communicate()

    assert process.returncode == 0
    assert target.exists()


# space


def test_large_evidence_takes_no_memory(source: Source) -> None:
    def needs() -> int:
        target = source.database.with_name("kept.zip")
        with keeping.process(source, target) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = status
        assert status == 0
        target.unlink()
        return used.ru_maxrss  # KiB

    before = needs()
    with (source.evidence / "video.mp4").open("wb") as file:
        file.truncate(300 * MEBIBYTE)

    assert needs() - before < 30 * 1024


@pytest.mark.parametrize("most", [1 << 12, 1 << 16, 3 << 17, 1 << 20])
def test_a_full_disk_gets_one_sentence(home: Home, source: Source, most: int) -> None:
    """At most so many bytes in a file: what the kernel says is as if there were no more."""
    (source.evidence / "video.mp4").write_bytes(random.Random(1).randbytes(2 * MEBIBYTE))
    done = subprocess.run(
        [sys.executable, "-m", "bot", "backup", "kept.zip"],
        cwd=home.folder,
        env=home.environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "should not have happened" not in done.stderr
    assert sorted(path.name for path in home.folder.iterdir()) == ["data"]


# the command line


def test_the_verb_says_what_was_kept(home: Home, source: Source) -> None:
    done = home.does("backup", "kept.zip")
    again = home.does("backup", "kept.zip")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "kept.zip: kept and verified, 0 OPD, 0 items, 0 of them confirmed, 0 audit entries, "
        "2 files of evidence\n"
    )
    assert (again.returncode, again.stderr) == (
        1,
        "kept.zip is there already: choose another name\n",
    )


@pytest.mark.parametrize(
    ("settings", "file", "why"),
    [
        ({"DATABASE_URL": "postgresql://a@b/c"}, "kept.zip", "PostgreSQL server, whose own tools"),
        ({"DATABASE_URL": "sqlite+aiosqlite:///none.db"}, "kept.zip", "there is no database yet"),
        ({}, "usb/kept.zip", "usb: No such file or directory"),
        ({"EVIDENCE_DIR": "data"}, "kept.zip", "data/tuntas.db lies in EVIDENCE_DIR"),
    ],
    ids=["PostgreSQL", "no database", "no folder", "evidence everywhere"],
)
def test_what_cannot_be_kept_is_said_in_one_sentence(
    home: Home, source: Source, settings: dict[str, str], file: str, why: str
) -> None:
    done = home.does("backup", file, **settings)

    assert (done.returncode, done.stdout) == (1, "")
    assert why in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (home.folder / "none.db").exists()


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda file: file.write_text("Dear diary\n" * 1000), "file is not a database"),
        (lambda file: os.truncate(file, 20_000), "database disk image is malformed"),
    ],
)
def test_a_database_that_is_none_is_no_backup(
    home: Home, source: Source, spoil: Callable[[Path], object], why: str
) -> None:
    spoil(source.database)
    done = home.does("backup", "kept.zip")

    assert done.returncode == 1
    assert done.stderr.startswith(f"the database is damaged ({why}): stop the bot, ")


async def test_the_bot_confirms_on_while_a_large_one_is_made(town: Town) -> None:
    source = source_of(town)
    source.evidence.mkdir()
    with (source.evidence / "video.mp4").open("wb") as file:
        file.truncate(512 * MEBIBYTE)
    started, waits = time.monotonic(), []
    keeps = asyncio.create_task(asyncio.to_thread(kept, source))
    while not keeps.done():
        began = time.monotonic()
        await town.says(town.people["sari"], "/daftar", town.groups["DIKBUD"])
        waits.append(time.monotonic() - began)
        await asyncio.sleep(0.02)
    await keeps
    took = time.monotonic() - started

    assert len(waits) > 5
    assert max(waits) < took / 2, "somebody waited for it"


def test_no_connection_stays_open(source: Source) -> None:
    kept(source)
    with closing(sqlite3.connect(source.database, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")

        assert connection.in_transaction
