"""What is played with files: backups cut off while people confirm, and migrations cut off."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from db import engine
from db.migrations import HEAD
from tests.crash import archives, judge
from tests.crash.judge import Kill, Verdict
from tests.crash.people import Crowd
from tests.crash.points import KILLED, Trap, inside
from tests.crash.scenes import is_quiet, undisturbed
from tests.crash.stage import ROOT, City, Process

BACKUP_COMES_BY, FROM_NOTHING = 27, 33  # how often, at their places
FROM_BEFORE = [f"migration:{n}" for n in (1, 2, 3)] + [f"backup:{n}" for n in range(1, 13)]
OPD = ROOT / "config" / "kendari" / "opd.csv"
TRIES = 50  # more says that those numbers are wrong by now
LONGEST = 1.5  # seconds that a backup of a small database takes


async def backups(
    city: City, crowd: Crowd, kills: int, *, a_second: float
) -> tuple[Verdict, list[Kill]]:
    """`backup FILE` beside a running bot, killed in its middle; what has its name is whole."""
    killed: list[Kill] = []
    kept = city.folder / "kept"
    kept.mkdir()
    bot = await city.starts()
    async with crowd.pours(a_second):
        for number in range(kills):
            await _cut_off(city, crowd.chance, "backup", f"kept/{number}.zip")
            killed.append(Kill("in a backup", city.now()))
    await bot.stops()
    await undisturbed(city, lambda: is_quiet(city, crowd))
    code = await (await city.starts("backup", "kept/last.zip")).ended()
    verdict = judge.judge(city, crowd.said)
    verdict.broken += archives.faults([kept, city.folder / "data" / "backups"])
    verdict.broken += [] if code == 0 else [f"a backup afterwards ends with {code}"]
    verdict.broken += [f"{left.parent} is left" for left in kept.glob(".tuntas-*/lock")]
    return verdict, killed


async def nightly(
    city: City, crowd: Crowd, kills: int, *, a_second: float
) -> tuple[Verdict, list[Kill]]:
    """The bot is killed while it makes its own of the night; that is made anew each time."""
    killed: list[Kill] = []
    folder = city.folder / "data" / "backups"
    faults: list[str] = []
    point = inside("backup", most=BACKUP_COMES_BY - 1)
    async with crowd.pours(a_second):
        for _ in range(kills):
            await point.run(city, Trap(), crowd.chance)
            killed.append(Kill("in a nightly backup", city.now()))
            faults += archives.faults([folder])
            for made in folder.glob("*.zip"):
                made.unlink()
    await undisturbed(city, lambda: is_quiet(city, crowd) and any(folder.glob("*.zip")))
    verdict = judge.judge(city, crowd.said)
    verdict.broken += [*faults, *archives.faults([folder])]
    verdict.broken += [] if any(folder.glob("*.zip")) else ["no backup of the night is made"]
    return verdict, killed


async def _cut_off(city: City, chance: Random, *words: str) -> None:
    """At a place of the work, or at a moment; again, until it was cut off in time."""
    for _ in range(TRIES):
        if chance.random() < 0.7:
            one = await city.starts(*words, die_at=f"backup:{chance.randint(1, BACKUP_COMES_BY)}")
        else:
            one = await city.starts(*words)
            await asyncio.sleep(chance.uniform(0, LONGEST))
            one.kill()
        if await one.ended() == KILLED:
            return
        (city.folder / words[-1]).unlink()
    raise AssertionError("a backup is never cut off")


async def migrations(city: City, chance: Random, kills: int) -> tuple[Verdict, list[Kill]]:
    """Of a city's data from the revision before the newest, and from nothing, by turns: killed in
    the middle, then left to do it."""
    verdict, killed = Verdict(), list[Kill]()
    before = archives.contents(city.database)
    for number in range(kills):
        if number % 2:
            file, rows = city.folder / f"fresh{number}" / "tuntas.db", {"opd": 44}
        else:
            file, rows = city.database, before
        await _killed_in_migration(city, file, chance)
        killed.append(Kill("in a migration", city.now()))
        verdict.broken += _differences(before, city.database)
        code = await (await _migrates(city, file)).ended()
        verdict.broken += [] if code == 0 else [f"the next start ends with {code}"]
        verdict.broken += _differences(rows, file)
        if (revision := archives.revision(file)) != HEAD:
            verdict.broken.append(f"{file} is at revision {revision!r}")
    verdict.broken += [*archives.faults([city.folder / "data" / "backups"]), *judge.broken(city)]
    return verdict, killed


async def _killed_in_migration(city: City, file: Path, chance: Random) -> None:
    """Again, if it got through."""
    for _ in range(TRIES):
        if file == city.database:
            await downgrade(file)
            place = chance.choice(FROM_BEFORE)
        else:
            await asyncio.to_thread(file.unlink, missing_ok=True)
            place = f"migration:{chance.randint(1, FROM_NOTHING)}"
        if await (await _migrates(city, file, place)).ended() == KILLED:
            return
    raise AssertionError("a migration is never cut off")


async def _migrates(city: City, file: Path, die_at: str = "") -> Process:
    """A verb that brings a database up to date first; it changes nothing in the city's."""
    words = ["import", "opd", str(OPD)] + ["--dry-run"] * (file == city.database)
    return await city.starts(*words, die_at=die_at, DATABASE_URL=f"sqlite+aiosqlite:///{file}")


def _differences(before: dict[str, int], file: Path) -> list[str]:
    """An older revision lacks tables, which were empty then."""
    now = archives.contents(file)
    return [f"{file}: {name} has {now.get(name)} rows, not {n}" for name, n in before.items()
            if now.get(name, 0) != n]  # fmt: skip


async def downgrade(file: Path) -> None:
    """To the revision before the newest."""

    def run(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(ROOT / "db" / "migrations"))
        config.attributes["connection"] = connection
        command.downgrade(config, "-1")

    database = engine.connect(f"sqlite+aiosqlite:///{file}")
    try:
        async with database.writer.begin() as connection:
            await connection.run_sync(run)
    finally:
        await database.close()
