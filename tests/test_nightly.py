"""Once a night all is kept; when it is not, somebody hears of it while it can be mended."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import app as application
from bot import messages, nightly
from bot.context import Context
from db.archive import nightlies, opening, place, trouble
from db.archive.trouble import Trouble
from demo.telegram import Bot, Message
from tests import golden, keeping
from tests.keeping import has, source_of
from tests.test_cli import Home, ends, home, line_to, tuntas
from tests.town import Town, wita

__all__ = ["home", "tuntas"]

MEBIBYTE = 1 << 20
FOREIGN = ["notes.txt", "tuntas-2026-02-31.zip", "tuntas-2026-01-01.zip.bak", "my-2026-01-01.zip"]
MAKE_IN_LITTLE_SPACE = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from db.archive import making, trouble

most, file, evidence, target = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
source = making.Source(Path(file), Path(evidence), "Kota Kendari")
try:
    making.make(source, Path(target), datetime.now(UTC))
except Exception as wrong:
    print(trouble.of(wrong))
"""


@pytest.fixture
async def town(town: Town, tmp_path: Path) -> Town:
    """With a folder of backups of its own."""
    folders = {"backup_dir": tmp_path / "backups", "evidence_dir": tmp_path / "evidence"}
    town.desk = replace(town.desk, settings=town.desk.settings.model_copy(update=folders))
    await town.restarts()
    return town


async def looks(town: Town, at: datetime | None = None) -> float:
    """One look at the clock."""
    town.clock.now = at or town.clock.now
    return await nightly.step(town.desk, asyncio.Event())


def there(town: Town) -> list[str]:
    folder = town.desk.settings.backup_dir
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def breaks_the_log(town: Town) -> None:
    has(
        source_of(town).database,
        "DROP TRIGGER audit_no_update; UPDATE audit SET verb = 'nothing' WHERE id = 1",
    )


def alarms(town: Town, who: str = "coordinator") -> list[Message]:
    return [m for m in town.said_to(town.people[who]) if "Cadangan data" in m.text]


# when


@pytest.mark.parametrize(
    ("at", "night"),
    [
        (wita(11, 24, 0, 59), "2026-11-23"),
        (wita(11, 24, 1, 0), "2026-11-24"),
        (wita(11, 24, 1, 1), "2026-11-24"),
        (wita(11, 24, 23, 59), "2026-11-24"),
        (wita(11, 29, 12, 0), "2026-11-29"),  # a Sunday
        (wita(1, 1, 0, 30, year=2027), "2026-12-31"),
    ],
)
async def test_the_night_begins_at_one(town: Town, at: datetime, night: str) -> None:
    await looks(town, at)

    assert there(town) == [f"tuntas-{night}.zip"]


async def test_it_is_one_a_night(town: Town) -> None:
    await looks(town, wita(11, 24, 1, 0))
    file = town.desk.settings.backup_dir / "tuntas-2026-11-24.zip"
    made = file.stat()
    for minute in range(1, 5):
        await looks(town, wita(11, 24, 1, minute))
    await town.restarts()
    await looks(town, wita(11, 24, 9, 0))

    assert file.stat() == made
    assert there(town) == [file.name]


async def test_what_was_missed_is_made_up_for_once(town: Town) -> None:
    """Down from Tuesday to Friday."""
    await looks(town, wita(11, 24, 1, 0))
    await looks(town, wita(11, 27, 15, 0))
    await looks(town, wita(11, 28, 1, 0))

    assert [name[7:17] for name in there(town)] == ["2026-11-24", "2026-11-27", "2026-11-28"]


async def test_it_can_be_restored(town: Town, tmp_path: Path) -> None:
    await town.says(town.people["sari"], "/done 1", town.groups["DIKBUD"])
    keeping.gives_evidence(source_of(town), loket=b"a photograph")
    await looks(town)
    archive = town.desk.settings.backup_dir / "tuntas-2026-11-24.zip"
    files = archive, tmp_path / "out.db", tmp_path / "out"
    manifest = await asyncio.to_thread(opening.verified, *files)

    assert manifest.confirmed == 1
    assert (tmp_path / "out" / "DIKBUD" / "loket.jpg").read_bytes() == b"a photograph"


def test_the_running_bot_makes_it(home: Home, tuntas: Bot, tmp_path: Path) -> None:
    running = home.starts("run", **line_to(tuntas))
    folder = home.folder / "data" / "backups"
    while not list(folder.glob("tuntas-*.zip")):
        assert running.poll() is None
        time.sleep(0.05)
    running.send_signal(signal.SIGTERM)
    said = ends(running)

    [archive] = folder.iterdir()
    opening.verified(archive, tmp_path / "out.db")
    assert (running.returncode, "Traceback" in said) == (0, False)
    assert "The nightly backup is made and verified" in said


# how many


async def test_fourteen_days_are_kept_and_nothing_else_is_touched(town: Town) -> None:
    folder = town.desk.settings.backup_dir
    folder.mkdir()
    for name in [*FOREIGN, "before-0002-from-0001-20250101T000000.0Z.db"]:
        (folder / name).touch()
    (folder / "tuntas-2026-01-02.zip").mkdir()
    foreign = there(town)
    for day in range(17):
        await looks(town, wita(11, 24, 1, 0) + timedelta(days=day))
    nights = [name[7:17] for name in there(town) if name not in foreign]

    assert nights == [str(date(2026, 11, 27) + timedelta(days=n)) for n in range(14)]
    assert set(foreign) <= set(there(town))


def aged(town: Town, *nights: date) -> None:
    folder = town.desk.settings.backup_dir
    folder.mkdir(exist_ok=True)
    for night in nights:
        (folder / f"tuntas-{night}.zip").touch()


async def test_after_a_long_absence_the_old_ones_are_still_there(town: Town) -> None:
    aged(town, *(date(2026, 10, day) for day in range(1, 15)))
    await looks(town, wita(11, 24, 1, 0))

    assert len(there(town)) == 14
    assert there(town)[0] == "tuntas-2026-10-02.zip"


async def test_a_clock_gone_wrong_takes_none_of_the_last_fourteen_days(town: Town) -> None:
    aged(town, *(date(2031, 1, day) for day in range(1, 21)), date(2026, 11, 20))
    await looks(town, wita(11, 24, 1, 0))

    assert {"tuntas-2026-11-20.zip", "tuntas-2026-11-24.zip"} <= set(there(town))


async def test_old_ones_stay_until_a_new_one_is_verified(town: Town) -> None:
    aged(town, *(date(2026, 10, day) for day in range(1, 21)))
    breaks_the_log(town)
    await looks(town, wita(11, 24, 1, 0))

    assert len(there(town)) == 20


# what came to nothing


async def test_it_is_tried_again_within_the_hour(town: Town) -> None:
    town.desk.settings.backup_dir.write_text("a file where a folder should be")

    assert await looks(town) <= 3600
    town.desk.settings.backup_dir.unlink()
    assert await looks(town) <= 60
    assert there(town) == ["tuntas-2026-11-24.zip"]


async def test_the_coordinators_hear_of_it_in_the_morning(town: Town) -> None:
    breaks_the_log(town)
    await looks(town, wita(11, 25, 1, 0))
    await town.minute()
    at_night = alarms(town)
    for hour in (2, 7, 8, 9, 12, 17, 20):
        await looks(town, wita(11, 25, hour, 30))
        await town.minute()

    assert at_night == []
    assert [message.text for message in alarms(town)] == [
        messages.backup_failed(date(2026, 11, 25), Trouble.DAMAGED, None)
        .replace("<b>", "")
        .replace("</b>", "")
    ]
    assert alarms(town, "sekda") == alarms(town, "sari") == []


async def test_a_day_later_they_hear_it_again(town: Town) -> None:
    breaks_the_log(town)
    for day in (24, 25, 26):
        await looks(town, wita(11, day, 10, 0))
        await town.minute()

    assert len(alarms(town)) == 3


async def test_at_the_weekend_nobody_hears_and_on_monday_once(town: Town) -> None:
    breaks_the_log(town)
    for day in (28, 29, 30):
        for hour in (1, 9, 15):
            await looks(town, wita(11, day, hour, 0))
            await town.minute()

    assert len(alarms(town)) == 1


async def test_what_was_mended_by_the_morning_is_not_told(town: Town) -> None:
    town.desk.settings.backup_dir.write_text("a file where a folder should be")
    await looks(town, wita(11, 25, 1, 0))
    town.desk.settings.backup_dir.unlink()
    await looks(town, wita(11, 25, 1, 30))
    await town.at(wita(11, 25, 8, 0))

    assert alarms(town) == []


async def test_the_log_tells_what_went_wrong(town: Town) -> None:
    breaks_the_log(town)
    with capture_logs() as log:
        await looks(town)

    assert [entry["event"] for entry in log] == ["The nightly backup failed"]


@pytest.mark.parametrize("why", Trouble)
def test_what_they_hear(why: Trouble) -> None:
    last = date(2026, 11, 23) if why is not Trouble.DENIED else None

    golden.check(f"backup-failed-{why}", messages.backup_failed(date(2026, 11, 24), why, last))


def test_a_database_without_space_is_known_as_such(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "small.db")) as connection:
        connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(sqlite3.OperationalError) as failure:
            connection.execute("CREATE TABLE thing (x)")

    assert trouble.of(failure.value) is Trouble.FULL


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.ENOSPC, Trouble.FULL),
        (errno.EDQUOT, Trouble.FULL),
        (errno.EACCES, Trouble.DENIED),
        (errno.EROFS, Trouble.DENIED),
        (errno.ENOTDIR, Trouble.DENIED),
        (errno.EIO, Trouble.OTHER),
    ],
)
def test_what_the_kernel_says_is_understood(number: int, why: Trouble) -> None:
    assert trouble.of(OSError(number, os.strerror(number))) is why


@pytest.mark.parametrize("most", [3 << 17, 1 << 20])
def test_little_space_is_known_as_such(town: Town, most: int) -> None:
    source = source_of(town)
    keeping.gives_evidence(source, video=os.urandom(2 * MEBIBYTE))
    target = source.database.with_name("kept.zip")
    given = [str(most), str(source.database), str(source.evidence), str(target)]
    done = subprocess.run(
        [sys.executable, "-c", MAKE_IN_LITTLE_SPACE, *given],
        env=os.environ | {"PYTHONPATH": str(keeping.ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "full\n"
    assert not target.exists()


# told to stop


async def test_told_to_stop_it_leaves_nothing_half_done(town: Town) -> None:
    evidence = town.desk.settings.evidence_dir
    evidence.mkdir()
    with (evidence / "video.mp4").open("wb") as file:
        file.truncate(8192 * MEBIBYTE)
    stop, folder = asyncio.Event(), town.desk.settings.backup_dir
    keeps = asyncio.create_task(nightly.forever(Context(town.app), stop))
    while not list(folder.glob(f"{place.UNFINISHED}*/archive.zip")):
        assert not keeps.done()
        await asyncio.sleep(0.01)
    began = time.monotonic()
    stop.set()
    await keeps

    assert time.monotonic() - began < 2
    assert there(town) == []
    assert alarms(town) == []


async def test_a_server_keeps_its_own_database(town: Town) -> None:
    server = town.desk.settings.model_copy(update={"database_url": "postgresql://a@b/c"})
    app = application.build(replace(town.desk, settings=server), town.telegram.door(town.bot.token))
    stop = asyncio.Event()
    with capture_logs() as log:
        keeps = asyncio.create_task(nightly.forever(Context(app), stop))
        await asyncio.sleep(0)
        assert not keeps.done()
        stop.set()
        await keeps

    assert len(log) == 1
    assert "pg_dump" in log[0]["event"]
    assert there(town) == []


# what others ask


async def test_the_last_one_is_known_by_its_file(town: Town) -> None:
    folder = town.desk.settings.backup_dir
    assert nightlies.last_backup(folder) is None
    await looks(town, wita(11, 24, 1, 0))
    await looks(town, wita(11, 25, 1, 7))
    last = nightlies.last_backup(folder)

    assert last
    assert last.manifest
    assert (last.night, last.path.name) == (date(2026, 11, 25), "tuntas-2026-11-25.zip")
    assert last.manifest.made_at == wita(11, 25, 1, 7)
    assert last.size == last.path.stat().st_size
    last.path.write_bytes(last.path.read_bytes()[:-9])
    damaged = nightlies.last_backup(folder)
    assert damaged
    assert damaged.manifest is None
