"""The backups of BACKUP_DIR, one a night. The files are the truth; nothing else is remembered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from db.archive import making, opening, place
from db.archive.halting import Halt
from db.archive.making import Source
from db.archive.manifest import Manifest
from db.archive.streams import Damaged
from db.upgrade import TooNew

NAME = re.compile(r"tuntas-([0-9]{4}-[0-9]{2}-[0-9]{2})\.zip")
KEPT = 14  # days, and as many nights where some are missing: a clock gone wrong takes none away


@dataclass(frozen=True, slots=True)
class Backup:
    """One that was verified when it was made; `size` in bytes. `manifest` (with `made_at`, the
    city, the rows): None where even that cannot be read any more."""

    path: Path
    night: date
    size: int
    manifest: Manifest | None


def last_backup(folder: Path) -> Backup | None:
    """The newest of the nightly ones, cheaply: its manifest is read, its members are not."""
    for night, path in _all(folder)[:1]:
        try:
            said = opening.read(path)
        except (Damaged, TooNew, OSError):
            said = None
        return Backup(path, night, path.stat().st_size, said)
    return None


def is_made(folder: Path, night: date) -> bool:
    return _file(folder, night).exists()


def make(source: Source, folder: Path, night: date, now: datetime, halt: Halt) -> Manifest:
    """For a thread of its own; raises as making.make does. Only then do old ones go."""
    place.make_folder(folder)
    said = making.make(source, _file(folder, night), now, halt)
    for old, path in _all(folder)[KEPT:]:
        if old <= night - timedelta(days=KEPT):
            path.unlink(missing_ok=True)
    return said


def _file(folder: Path, night: date) -> Path:
    return folder / f"tuntas-{night}.zip"


def _all(folder: Path) -> list[tuple[date, Path]]:
    """The newest first; none where the folder cannot be read. What is named otherwise is not
    ours."""
    try:
        found = [(_night(path.name), path) for path in folder.iterdir() if path.is_file()]
    except OSError:
        return []
    return sorted(((night, path) for night, path in found if night), reverse=True)


def _night(name: str) -> date | None:
    match = NAME.fullmatch(name)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:  # the 31st of February
        return None
