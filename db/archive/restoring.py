"""Restore an archive: wholly checked beside the place where it shall lie, then put there."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from db.archive import asides, opening, place, rewound, switching
from db.archive.halting import Halt, look, never
from db.archive.making import Source
from db.archive.manifest import Manifest
from db.archive.switching import Plan

PREFIX = ".tuntas-restoring-"  # not one that a backup sweeps away
BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite keeps with a database
LOCKED = 0x40000000, 512  # the bytes on which SQLite's connections hold their locks


@dataclass(frozen=True, slots=True)
class Restored:
    """`kept`: the folders where what was there lies now."""

    manifest: Manifest
    kept: tuple[Path, ...]


class InUse(Exception):
    """Somebody has the database open."""


class Immovable(Exception):
    """A folder that cannot be moved aside."""


def restore(
    archive: Path, home: Source, now: datetime, opens_at: datetime, halt: Halt = never
) -> Restored:
    """For a process that made sure that the bot does not run, and a thread of its own. `opens_at`:
    when people may be told. Damaged, TooNew and Abandoned leave everything as it was."""
    file, evidence = home.database.resolve(), home.evidence.resolve()
    switching.finish(file)
    if evidence.is_mount():
        raise Immovable(f"EVIDENCE_DIR ({evidence}) is a disk of its own: choose a folder on it")
    for folder in (file.parent, evidence.parent):
        place.make_folder(folder)
    with place.working(file.parent, PREFIX) as new, place.working(evidence.parent, PREFIX) as more:
        (more / "evidence").mkdir(mode=0o700)
        said = opening.verified(archive, new / file.name, more / "evidence", halt)
        asyncio.run(rewound.tell(new / file.name, said, now, opens_at))
        look(halt)
        with _nobody_else(file):
            plan = _plan(file, evidence, (new, more), now)
            switching.switch(file, plan)
    return Restored(said, tuple(dict.fromkeys(to.parent for _, to in plan.aside)))


def _plan(file: Path, evidence: Path, unpacked: tuple[Path, Path], now: datetime) -> Plan:
    new, more = unpacked
    name = _new_name(asides.name(now), file, evidence)
    there = [file.with_name(f"{file.name}{end}") for end in BESIDE] + [evidence]
    aside = tuple((path, path.parent / name / path.name) for path in there if path.exists())
    into = ((new / file.name, file), (more / "evidence", evidence))
    return Plan(aside, into, (new, more))


def _new_name(name: str, *paths: Path) -> str:
    """One that no folder beside them has."""
    names = (f"{name}-{n}" if n else name for n in count())
    return next(n for n in names if not any(path.with_name(n).exists() for path in paths))


@contextmanager
def _nobody_else(file: Path) -> Iterator[None]:
    """A program that has the old database open would write its WAL beside the new one."""
    if not file.exists():
        yield
        return
    with file.open("r+b") as database:
        try:
            start, length = LOCKED
            fcntl.lockf(database, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
        except (BlockingIOError, PermissionError):
            raise InUse(f"another program has {file} open: wait until it has ended") from None
        yield
