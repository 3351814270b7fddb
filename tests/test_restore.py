"""A restore brings all back or changes nothing, and keeps what it replaces."""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import signal
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.ticks import outages
from config import kendari
from db import upgrade
from db.archive import making, opening, place, restoring, switching
from db.archive.halting import Abandoned
from db.archive.making import Source
from db.archive.restoring import Immovable, InUse, Restored
from db.archive.streams import Damaged
from db.archive.switching import Plan, Restoring
from db.models import Fate
from db.upgrade import TooNew
from demo.telegram import Bot
from tests import golden, keeping, warm
from tests.coordinating import shown
from tests.keeping import NOW, asks, has, kept, rewritten, says, source_of, unguarded
from tests.test_cli import Home, ends, home, line_to, said, tuntas
from tests.test_migrations import Installation
from tests.town import Town, wita

__all__ = ["home", "tuntas"]

LATER = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
OPENS = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
RESTORE = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from db.archive.making import Source
from db.archive.restoring import restore

moment, count, archive, file, evidence = sys.argv[1:]
left = [int(count)]

def die(event, _):
    left[0] -= event == moment
    if event == moment and left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(die)
now = datetime.now(UTC)
restore(Path(archive), Source(Path(file), Path(evidence), "Kota Kendari"), now, now)
"""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Kendari's OPD, a little evidence, and an archive of both; copied for every test."""
    home = Home(tmp_path_factory.mktemp("made"))
    assert home.does("import", "opd", kendari.OPD).returncode == 0
    source = Source(home.database, home.folder / "data" / "evidence", "Kota Kendari")
    keeping.gives_evidence(source, loket=b"a photograph", maklumat=b"another")
    making.make(source, home.folder / "kept.zip", NOW)
    return home


@pytest.fixture
def source(home: Home, made: Home) -> Source:
    shutil.copytree(made.folder / "data", home.folder / "data")
    return Source(home.database, home.folder / "data" / "evidence", "Kota Kendari")


@pytest.fixture
def archive(home: Home, made: Home) -> Path:
    return Path(shutil.copy(made.folder / "kept.zip", home.folder))


def restored(archive: Path, source: Source) -> Restored:
    return restoring.restore(archive, source, LATER, OPENS)


def all_of(folder: Path) -> dict[str, bytes]:
    """Every file below, the lock aside."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def evidence_of(source: Source) -> dict[str, bytes]:
    return all_of(source.evidence)


EVIDENCE = {"DIKBUD/loket.jpg": b"a photograph", "DIKBUD/maklumat.jpg": b"another"}


# all comes back


def test_it_brings_back_database_and_evidence(archive: Path, source: Source) -> None:
    before = asks(source.database, "SELECT * FROM opd")
    has(source.database, "PRAGMA foreign_keys = OFF; DELETE FROM opd WHERE code <> 'DINKES'")
    keeping.gives_evidence(source, loket=b"overwritten", later=b"new")
    done = restored(archive, source)

    assert asks(source.database, "SELECT * FROM opd") == before
    assert evidence_of(source) == EVIDENCE
    assert done.manifest.rows("opd") == 44


def test_what_was_there_lies_aside_as_it_was(archive: Path, source: Source) -> None:
    keeping.gives_evidence(source, later=b"new")
    (source.database.parent / "notes.txt").write_text("mine")
    before = all_of(source.database.parent)
    done = restored(archive, source)

    [folder] = done.kept
    assert all_of(folder) | {"notes.txt": b"mine"} == before
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    left = {path.name for path in source.database.parent.iterdir()}
    assert left == {"tuntas.db", "evidence", "notes.txt", folder.name}


def test_nothing_restored_can_be_read_by_others(archive: Path, source: Source) -> None:
    before = os.umask(0)
    try:
        restored(archive, source)
    finally:
        os.umask(before)
    paths = [source.database, source.evidence, *source.evidence.rglob("*")]

    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in paths} == {0}


def test_the_log_goes_on_and_tells_of_it(archive: Path, source: Source, home: Home) -> None:
    restored(archive, source)
    [(entry, verb, after)] = asks(
        source.database, "SELECT id, verb, after FROM audit ORDER BY id DESC LIMIT 1"
    )

    assert (entry, verb) == (45, "restored")
    assert "2026-11-24T02:00:00+00:00" in after
    assert home.does("audit").returncode == 0


def test_a_backup_of_what_was_restored_can_be_restored(archive: Path, source: Source) -> None:
    restored(archive, source)
    again = kept(source, "again.zip")
    restored(again, source)

    assert evidence_of(source) == EVIDENCE
    assert asks(source.database, "SELECT count(*) FROM opd") == [(44,)]


# from a damaged installation


def garbage(source: Source) -> None:
    source.database.write_bytes(b"\xff" * 8192)


def only_wal(source: Source) -> None:
    """The WAL of another life must not be replayed over what is restored."""
    source.database.unlink()
    source.database.with_name("tuntas.db-wal").write_bytes(b"\x37\x7f\x06\x82" * 4000)
    source.database.with_name("tuntas.db-shm").write_bytes(b"\x00" * 32768)


def no_database(source: Source) -> None:
    source.database.unlink()


def no_evidence(source: Source) -> None:
    for file in source.evidence.rglob("*.jpg"):
        file.unlink()
    (source.evidence / "DIKBUD").rmdir()
    source.evidence.rmdir()


def no_folder(source: Source) -> None:
    source.database.parent.rename(source.database.parent.with_name("lost"))


def hot_journal(source: Source) -> None:
    source.database.with_name("tuntas.db-journal").write_bytes(b"\xd9\xd5\x05\xf9" * 1000)


@pytest.mark.parametrize(
    "damage", [garbage, only_wal, no_database, no_evidence, no_folder, hot_journal]
)
def test_a_damaged_installation_works_again(
    archive: Path, source: Source, home: Home, damage: Callable[[Source], None]
) -> None:
    damage(source)
    done = home.does("restore", archive)

    assert (done.returncode, done.stderr) == (0, "")
    assert evidence_of(source) == EVIDENCE
    assert asks(source.database, "SELECT count(*) FROM opd") == [(44,)]
    assert asks(source.database, "PRAGMA integrity_check") == [("ok",)]
    assert home.does("audit").returncode == 0
    assert home.does("import", "opd", kendari.OPD).stdout.endswith("44 same, 0 wrong\n")


# what is no archive of ours


def cut(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-40])


def halved(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])


def emptied(archive: Path) -> None:
    archive.write_bytes(b"")


def is_text(archive: Path) -> None:
    archive.write_text("Dear diary")


def is_another_zip(archive: Path) -> None:
    with zipfile.ZipFile(archive, "w") as other:
        other.writestr("holiday/beach.jpg", b"sand")


def without(name: str) -> Callable[[Path], None]:
    return lambda archive: rewritten(archive, lambda members: members.pop(name) and None)


def with_other(name: str, content: bytes) -> Callable[[Path], None]:
    return lambda archive: rewritten(archive, lambda members: members.update({name: content}))


def twice(archive: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        rewritten(archive, lambda _: None, ("evidence/DIKBUD/loket.jpg", b"a photograph"))


def saying(**facts: Any) -> Callable[[Path], None]:
    return lambda archive: rewritten(archive, lambda members: says(members, **facts))


def with_database(
    change: Callable[[Path], None], tables: dict[str, int] | None = None
) -> Callable[[Path], None]:
    """Somebody changed the database and made the checksum fit, and these counts."""

    def spoil(archive: Path) -> None:
        copy = keeping.database_in(archive, archive.with_name("out"))
        change(copy)
        data = copy.read_bytes()
        said = keeping.manifest_in(archive)
        member = keeping.member_of("database.db", data)
        counts = said["tables"] | (tables or {})
        new = {"members": [member, *said["members"][1:]], "tables": counts}
        rewritten(archive, lambda members: members.update({"database.db": data}))
        rewritten(archive, lambda members: says(members, **new))

    return spoil


def sql(statements: str) -> Callable[[Path], None]:
    return lambda file: has(file, statements)


def scribbled(file: Path) -> None:
    [(page,)] = asks(file, "SELECT rootpage FROM sqlite_master WHERE name = 'opd'")
    with file.open("r+b") as opened:
        opened.seek((page - 1) * 4096 + 8)
        opened.write(b"\xff" * 2000)


def encrypted(archive: Path) -> None:
    """The flag in the directory's first entry, which is the database's."""
    data = bytearray(archive.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(data)


def far(archive: Path) -> None:
    """Its directory would lie before its beginning: the highest byte of that offset."""
    data = bytearray(archive.read_bytes())
    data[-3] ^= 1
    archive.write_bytes(data)


def bomb(archive: Path) -> None:
    """It unpacks to more than its manifest says."""
    rewritten(archive, lambda members: members.update({"database.db": b"\0" * (8 << 20)}))


def way_out(archive: Path) -> None:
    """One that its manifest knows."""
    name, content = "evidence/../../x", b"x"
    members = keeping.manifest_in(archive)["members"]
    rewritten(archive, lambda there: there.update({name: content}))
    more = {"members": [*members, keeping.member_of(name, content)]}
    rewritten(archive, lambda there: says(there, **more))


LONGER = "UPDATE audit SET verb = 'nothing' WHERE id = 7"
DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "its end is cut off": (cut, "it is no zip archive, or not a whole one"),
    "half of it": (halved, "it is no zip archive, or not a whole one"),
    "nothing of it": (emptied, "it is no zip archive, or not a whole one"),
    "a text": (is_text, "it is no zip archive, or not a whole one"),
    "another zip": (is_another_zip, "it names a file where none belongs ('holiday/beach.jpg')"),
    "no manifest": (without("manifest.json"), "manifest.json is missing in it"),
    "no database": (without("database.db"), "database.db is missing in it"),
    "no photograph": (without("evidence/DIKBUD/loket.jpg"), "evidence/DIKBUD/loket.jpg is missing"),
    "one more photograph": (with_other("evidence/x.jpg", b"x"), "evidence/x.jpg is in it, which"),
    "a photograph twice": (twice, "evidence/DIKBUD/loket.jpg is in it, which"),
    "another photograph": (
        with_other("evidence/DIKBUD/loket.jpg", b"another photograph"),
        "evidence/DIKBUD/loket.jpg is not what its checksum says",
    ),
    "a photograph of the same length": (
        with_other("evidence/DIKBUD/loket.jpg", b"a Photograph"),
        "evidence/DIKBUD/loket.jpg is not what its checksum says",
    ),
    "a way out": (with_other("evidence/../../x", b"x"), "none belongs ('evidence/../../x')"),
    "a way out with a checksum": (way_out, "none belongs ('evidence/../../x')"),
    "a way to the root": (with_other("/etc/cron.d/x", b"x"), "none belongs ('/etc/cron.d/x')"),
    "a way beside": (with_other("data/tuntas.db", b"x"), "none belongs ('data/tuntas.db')"),
    "a folder": (with_other("evidence/", b""), "none belongs ('evidence/')"),
    "a manifest of nonsense": (with_other("manifest.json", b"{"), "manifest.json cannot be read"),
    "a manifest of a list": (with_other("manifest.json", b"[1]"), "manifest.json cannot be read"),
    "a manifest without members": (saying(members=[]), "manifest.json does not name database.db"),
    "a manifest with a way out": (
        saying(members=[{"name": "../x", "size": 1, "sha256": "0"}]),
        "manifest.json does not name database.db",
    ),
    "another revision said": (saying(revision="0001"), "is not at the revision that the manifest"),
    "other counts said": (saying(tables={"opd": 3}), "has not as many rows in"),
    "a database of text": (
        with_database(lambda file: file.write_text("Dear diary\n" * 999) and None),
        "database.db cannot be used (file is not a database)",
    ),
    "a database with a page of noise": (with_database(scribbled), "database.db "),
    "a database without a log's entry": (
        with_database(sql("DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE id = 7")),
        "has not as many rows in audit",
    ),
    "a database with a log rewritten": (
        with_database(sql(unguarded(LONGER))),
        "its audit log is broken at entry 7",
    ),
    "a database with orphans": (
        with_database(
            sql("INSERT INTO post (id, role, opd_id) VALUES (1, 'head', 998)"), {"post": 1}
        ),
        "has rows that refer to rows that are not there",
    ),
    "a directory far away": (far, "manifest.json cannot be read from it"),
    "a lock on it": (encrypted, "database.db cannot be read from it"),
    "more than it says": (bomb, "database.db is not what its checksum says"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_archive_is_refused_by_what_is_wrong_with_it(
    archive: Path, source: Source, name: str
) -> None:
    spoil, why = DAMAGES[name]
    spoil(archive)
    before = all_of(source.database.parent)
    with pytest.raises(Damaged) as refusal:
        restored(archive, source)

    assert why in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert all_of(source.database.parent) == before


def test_a_bit_that_fell_over_is_found_or_means_nothing(archive: Path, tmp_path: Path) -> None:
    """Some bits of a zip mean nothing: dates, say."""
    whole, found = archive.read_bytes(), 0
    for seed in range(150):
        archive.write_bytes(whole)
        which = keeping.spoiled(archive, seed)
        out = tmp_path / f"{seed}.db"
        try:
            opening.verified(archive, out, tmp_path / str(seed))
        except (Damaged, TooNew):
            found += 1
        else:
            assert all_of(tmp_path / str(seed)) == EVIDENCE, which
            assert asks(out, "SELECT count(*) FROM audit") == [(44,)], which

    assert found > 100


def test_one_that_lies_about_where_it_is_cannot_be_read_cheaply_either(archive: Path) -> None:
    far(archive)

    with pytest.raises(Damaged, match=r"manifest\.json cannot be read from it"):
        opening.read(archive)


def test_one_sentence_names_what_is_wrong(archive: Path, source: Source, home: Home) -> None:
    without("evidence/DIKBUD/loket.jpg")(archive)
    before = all_of(source.database.parent)
    done = home.does("restore", archive)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "the archive is damaged: evidence/DIKBUD/loket.jpg is missing in it\n"
    )  # fmt: skip
    assert all_of(source.database.parent) == before


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"revision": "9999"}, "it is of revision 9999, this Tuntas knows"),
        ({"format": 2}, "it is of format 2, this Tuntas knows 1"),
    ],
)
def test_one_of_a_newer_tuntas_is_refused(
    archive: Path, source: Source, home: Home, facts: dict[str, Any], why: str
) -> None:
    saying(**facts)(archive)
    before = all_of(source.database.parent)
    done = home.does("restore", archive)

    assert done.returncode == 1
    assert why in done.stderr
    assert done.stderr.endswith(": update Tuntas\n")
    assert all_of(source.database.parent) == before


def test_one_of_an_older_tuntas_is_brought_up_to_date(tmp_path: Path, home: Home) -> None:
    old = Installation(tmp_path / "old")
    old.file.parent.mkdir()
    asyncio.run(old.to(old.only_first()))
    source = Source(old.file, tmp_path / "none", "Kota Kendari")
    archive = kept(source)
    done = home.does("restore", archive)

    assert (done.returncode, done.stderr) == (0, "")
    assert keeping.manifest_in(archive)["revision"] == "0001"
    assert asks(old.file, "SELECT version_num FROM alembic_version") == [("0001",)]
    assert asks(home.database, "SELECT version_num FROM alembic_version") == [(upgrade.HEAD,)]
    assert not (home.folder / "data" / "backups").exists()
    assert home.does("audit").returncode == 0


def test_an_archive_that_is_not_there(home: Home) -> None:
    done = home.does("restore", "none.zip")

    assert (done.returncode, done.stderr) == (1, "none.zip: No such file or directory\n")


def test_postgresql_restores_itself(home: Home) -> None:
    done = home.does("restore", "kept.zip", DATABASE_URL="postgresql://a@b/c")

    assert done.returncode == 1
    assert "PostgreSQL server, whose own tools copy it (pg_dump, pg_restore)" in done.stderr


# others at work


def test_it_is_refused_while_the_bot_runs(
    archive: Path, source: Source, home: Home, tuntas: Bot
) -> None:
    running = home.starts("run", **line_to(tuntas))
    said(running, "Running")
    done = home.does("restore", archive)
    running.send_signal(signal.SIGTERM)
    ends(running)
    afterwards = home.does("restore", archive)

    assert done.returncode == 1
    assert done.stderr == "the bot is running on data/tuntas.db: stop it first\n"
    assert (afterwards.returncode, afterwards.stderr) == (0, "")


def test_the_bot_does_not_start_during_a_restore(source: Source, home: Home, tuntas: Bot) -> None:
    with source.database.with_name("tuntas.db.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = home.does("run", **line_to(tuntas))

    assert done.returncode == 1
    assert "data/tuntas.db" in done.stderr


@pytest.mark.parametrize("journal_mode", ["wal", "delete"])
def test_a_database_that_somebody_has_open_is_not_moved(
    archive: Path, source: Source, journal_mode: str
) -> None:
    with closing(sqlite3.connect(source.database, isolation_level=None)) as other:
        other.execute(f"PRAGMA journal_mode = {journal_mode}")
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM opd").fetchall()
        if journal_mode == "wal":
            other.execute("COMMIT")
        with pytest.raises(InUse, match="wait until it has ended"):
            restored_elsewhere(archive, source)
        other.rollback()

    assert not list(source.database.parent.glob("before-*"))
    assert restored_elsewhere(archive, source)


def restored_elsewhere(archive: Path, source: Source) -> bool:
    """In another process: locks between processes are not felt inside one."""
    given = ["", "1", str(archive), str(source.database), str(source.evidence)]
    done = warm.runs(*given, code=RESTORE)
    if "InUse" in done.stderr:
        raise InUse(done.stderr.splitlines()[-1])
    assert done.returncode == 0, done.stderr
    return True


# killed


def killed_at(moment: str, count: int, archive: Path, source: Source) -> bool:
    """Whether it came to that."""
    given = [moment, str(count), str(archive), str(source.database), str(source.evidence)]
    done = warm.runs(*given, code=RESTORE)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


POINTS = [("os.rename", n) for n in range(1, 9)] + [
    ("sqlite3.connect", 1), ("fcntl.lockf", 1), ("os.remove", 1), ("shutil.rmtree", 1),
]  # fmt: skip


@pytest.mark.parametrize(("moment", "count"), POINTS)
@pytest.mark.parametrize("next_one", ["restore", "start"])
def test_killed_anywhere_the_next_one_sorts_it_out(
    archive: Path, source: Source, home: Home, moment: str, count: int, next_one: str
) -> None:
    """Either all is as it was or all is restored, and nothing is lost."""
    name = "UPDATE opd SET name = 'before the restore' WHERE code = 'DINKES'"
    has(source.database, name)
    keeping.gives_evidence(source, loket=b"before the restore")
    old = all_of(source.database.parent)
    was_killed = killed_at(moment, count, archive, source)
    if next_one == "start":
        done = home.does("import", "opd", kendari.OPD, "--dry-run")
        is_old = "1 changed" in done.stdout
        assert is_old == (source.evidence / "DIKBUD" / "loket.jpg").read_bytes().startswith(b"bef")
    else:
        done = home.does("restore", archive)
        assert evidence_of(source) == EVIDENCE
        assert asks(source.database, "SELECT name FROM opd WHERE code = 'DINKES'") == [
            ("Dinas Kesehatan",)
        ]
    aside = [all_of(folder) for folder in source.database.parent.glob("before-restore-*")]

    assert (done.returncode, done.stderr) == (0, "")
    assert was_killed == (count < 8)
    assert old in aside or all_of(source.database.parent).items() >= old.items()
    assert not source.database.with_name("tuntas.db.restoring").exists()


def test_a_backup_does_not_sweep_away_what_a_killed_restore_will_need(
    archive: Path, source: Source, home: Home
) -> None:
    """Killed when all was moved aside and nothing was in its place."""
    keeping.gives_evidence(source, loket=b"before the restore")
    assert killed_at("os.rename", 8, archive, source)
    assert not source.evidence.exists()
    place.sweep(source.database.parent)
    done = home.does("import", "opd", kendari.OPD)

    assert (done.returncode, done.stderr) == (0, "")
    assert evidence_of(source) == EVIDENCE


async def test_a_start_does_not_meddle_with_a_restore_at_work(
    archive: Path, source: Source
) -> None:
    url = f"sqlite+aiosqlite:///{source.database}"
    plan = Plan((), (), ())
    with switching.written(source.database.resolve(), plan) as journal:
        with pytest.raises(Restoring, match="wait until it has ended"):
            await upgrade.to_head(url, None)
        journal.unlink()


def test_what_cannot_be_moved_leaves_all_as_it_was(source: Source, tmp_path: Path) -> None:
    """A folder that is not empty takes no other's place."""
    before = all_of(source.database.parent)
    new = tmp_path / "new"
    (new / "evidence").mkdir(parents=True)
    (new / "tuntas.db").write_text("restored")
    plan = Plan(
        aside=((source.database, tmp_path / "aside" / "tuntas.db"),),
        into=((new / "tuntas.db", source.database), (new / "evidence", source.evidence)),
        rubbish=(new,),
    )
    with pytest.raises(OSError, match="not empty"):
        switching.switch(source.database, plan)

    assert all_of(source.database.parent) == before
    assert not switching.finish(source.database)


def test_a_disk_of_its_own_is_not_moved(archive: Path, source: Source) -> None:
    with pytest.raises(Immovable, match="is a disk of its own"):
        restoring.restore(
            archive, Source(source.database, Path("/proc"), "x"), LATER, OPENS
        )  # fmt: skip


@pytest.mark.parametrize("looks", [0, 1, 3, 8, 21])
def test_told_to_stop_it_leaves_all_as_it_was(archive: Path, source: Source, looks: int) -> None:
    before, left = all_of(source.database.parent), [looks]

    def halt() -> bool:
        left[0] -= 1
        return left[0] < 0

    try:
        restoring.restore(archive, source, LATER, OPENS, halt)
    except Abandoned:
        assert all_of(source.database.parent) == before
    else:
        assert left[0] >= 0, "it went on though it was told to stop"


# what is said


def test_the_verb_says_what_was_restored(archive: Path, source: Source, home: Home) -> None:
    done = home.does("restore", archive)
    what, where, since = done.stdout.splitlines()

    assert what == (
        "restored Kota Kendari as of 2026-11-24 10:00 Asia/Makassar: 44 OPD, 0 items, 0 of them "
        "confirmed, 44 audit entries, 2 files of evidence"
    )
    assert where.startswith(f"what was there before lies in {home.folder.resolve()}/data/before-")
    assert where.endswith(": delete it once nothing in it is missed")
    assert since.startswith("whatever was done after that moment is not in it: confirmations")


async def rewound(town: Town, archive: Path, **later: float) -> None:
    """The bot is stopped, the archive restored, the bot started again."""
    await town.app.shutdown()
    await town.desk.database.close()
    town.clock.now += timedelta(**later)
    now = town.clock.now
    opens_at = town.desk.calendar.next_opening(now)
    await asyncio.to_thread(restoring.restore, archive, source_of(town), now, opens_at)
    await town.restarts()


async def test_each_opd_and_the_coordinators_hear_of_it(town: Town) -> None:
    archive = await asyncio.to_thread(kept, source_of(town))
    await town.says(town.people["sari"], "/done 1", town.groups["DIKBUD"])
    await rewound(town, archive, minutes=30)
    await town.minute()
    told = [*town.said_in(town.groups["DIKBUD"]), *town.said_to(town.people["coordinator"])]
    of_opd, of_city = [shown(message) for message in told if "dipulihkan" in message.text]
    again = await town.says(town.people["sari"], "/done 1", town.groups["DIKBUD"])

    golden.check("restored-opd", of_opd)
    golden.check("restored-coordinator", of_city)
    assert "dicatat" in again.text


def told_of_it(town: Town) -> list[int]:
    """How often: the group of DIKBUD, the coordinator."""
    heard = town.said_in(town.groups["DIKBUD"]), town.said_to(town.people["coordinator"])
    return [sum("dipulihkan" in message.text for message in messages) for messages in heard]


async def test_at_night_nobody_is_woken(town: Town) -> None:
    archive = await asyncio.to_thread(kept, source_of(town))
    await rewound(town, archive, hours=12)
    await town.minute()
    at_night = told_of_it(town)
    await town.at(wita(11, 25, 8, 0))

    assert at_night == [0, 0]
    assert told_of_it(town) == [1, 1]


async def test_what_telegram_puts_off_past_closing_waits_for_the_morning(town: Town) -> None:
    archive = await asyncio.to_thread(kept, source_of(town))
    await rewound(town, archive, hours=7, minutes=28)
    for _ in range(3):  # the two OPD and the coordinator
        town.telegram.refuses_next(502, "Bad Gateway", method="sendMessage")
    await town.sends()
    await town.later(minutes=10)
    at_night = told_of_it(town)
    await town.at(wita(11, 25, 8, 0))

    assert at_night == [0, 0]
    assert told_of_it(town) == [1, 1]


async def test_no_outage_is_told_that_the_copy_only_seems_to_remember(town: Town) -> None:
    await town.minute()
    await outages.beat(town.desk)
    archive = await asyncio.to_thread(kept, source_of(town))
    await rewound(town, archive, hours=3)
    await outages.beat(town.desk)
    await town.minute()

    assert not [m for m in town.said_in(town.groups["DIKBUD"]) if "tidak aktif" in m.text]


async def test_what_was_owed_then_says_that_it_may_be_a_repeat(town: Town) -> None:
    await town.says(town.people["sari"], "/done 1", town.groups["DIKBUD"])
    await town.says(
        town.people["coordinator"], "/kembalikan DIKBUD 1 maklumat belum ditandatangani"
    )
    archive = await asyncio.to_thread(kept, source_of(town))
    await town.sends()
    await rewound(town, archive, minutes=10)
    await town.sends()
    notices = [
        m.text for m in town.said_in(town.groups["DIKBUD"]) if "belum ditandatangani" in m.text
    ]

    assert len(notices) == 2
    assert "sudah pernah" not in notices[0]
    assert notices[1].endswith(notices[0])
    assert len(notices[1]) > len(notices[0])


async def test_what_was_owed_for_days_gone_lapses(town: Town) -> None:
    await town.ticks()
    archive = await asyncio.to_thread(kept, source_of(town))
    await town.sends()
    reminders = len(town.said_in(town.groups["DIKBUD"]))
    await rewound(town, archive, days=1, hours=9)
    await town.minute()
    fates = asks(source_of(town).database, "SELECT DISTINCT fate FROM owed WHERE kind = 'reminder'")

    assert len(town.said_in(town.groups["DIKBUD"])) == reminders
    assert fates == [(Fate.UNKNOWN.value,)]
