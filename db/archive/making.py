"""Make an archive: under a name beside the one meant, verified, and only then renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

from db.archive import copying, manifest, opening, place
from db.archive.halting import Halt, look, never
from db.archive.manifest import DATABASE, EVIDENCE, Manifest, Member
from db.archive.streams import Damaged, put

SYNC_EVERY = 64 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Source:
    """What is kept. The folder of evidence need not exist yet."""

    database: Path
    evidence: Path
    city: str


class Misplaced(Exception):
    """The folder of evidence holds what is not evidence."""


def make(source: Source, target: Path, now: datetime, halt: Halt = never) -> Manifest:
    """For a thread of its own. FileExistsError where `target` is taken; Abandoned soon after
    `halt` says so. Nothing lies under the name `target` until all of it was read back."""
    place.refuse_existing(target)
    _refuse_misplaced(source, target)
    with place.working(target.parent) as folder:
        archive = folder / "archive.zip"
        written = _write(source, archive, folder / "copy.db", now, halt)
        if opening.verified(archive, folder / "opened.db", halt=halt) != written:
            raise Damaged("its manifest reads differently from how it was written")
        look(halt)
        place.publish(archive, target)
    return written


def _write(source: Source, archive: Path, copy: Path, now: datetime, halt: Halt) -> Manifest:
    """The database first: evidence that it refers to is on disk by then, and is never removed."""
    copying.copy(source.database, copy, halt)
    with copying.reading(copy, halt) as connection:
        revision, tables = copying.revision(connection), copying.counts(connection)
        confirmed = copying.confirmed(connection)
    with open(archive, "xb", opener=place.private) as file, ZipFile(file, "w") as zipped:
        database = put(zipped, DATABASE, copy, halt, deflate=True)
        copy.unlink()
        evidence = _synced(file.fileno(), _evidence(source, zipped, halt))
        members, at = (database, *evidence), now.astimezone(UTC)
        said = Manifest(manifest.FORMAT, at, source.city, revision, tables, confirmed, members)
        zipped.writestr(manifest.NAME, said.written())
    return said


def _evidence(source: Source, zipped: ZipFile, halt: Halt) -> Iterator[Member]:
    for file in _files(source.evidence):
        name = EVIDENCE + _readable(file.relative_to(source.evidence))
        try:
            yield put(zipped, name, file, halt)
        except FileNotFoundError:
            continue  # it had another name while it was written


def _readable(file: Path) -> str:
    """A zip names its members in UTF-8; a file of ours is named so, another need not be."""
    return os.fsencode(file.as_posix()).decode("utf-8", "backslashreplace")


def _synced(descriptor: int, members: Iterator[Member]) -> Iterator[Member]:
    """All of it brought to disk at the end would take long, and could not be abandoned."""
    waiting = 0
    for member in members:
        yield member
        waiting += member.size
        if waiting > SYNC_EVERY:
            os.fdatasync(descriptor)
            waiting = 0


def _files(folder: Path) -> Iterator[Path]:
    """Every file in it, in order; none where there is no folder."""
    for path, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(path, name) for name in sorted(names) if Path(path, name).is_file())


def _refuse_misplaced(source: Source, target: Path) -> None:
    """It would be kept as evidence, again and again."""
    evidence = source.evidence.resolve()
    for path in (source.database, target):
        if path.resolve().is_relative_to(evidence):
            raise Misplaced(f"{path} lies in EVIDENCE_DIR, which is for evidence alone")
