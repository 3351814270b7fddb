"""What restores moved aside: the only copy of what was replaced. Nothing here removes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

FORM = "before-restore-%Y%m%dT%H%M%SZ"
NAME = re.compile(r"(before-restore-[0-9]{8}T[0-9]{6}Z)(?:-[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Aside:
    """`size` in bytes; `at`: when the restore was."""

    folder: Path
    at: datetime
    size: int


def name(now: datetime) -> str:
    return f"{now.astimezone(UTC):{FORM}}"


def beside(*paths: Path) -> list[Aside]:
    """Those of a database and a folder of evidence, the oldest first."""
    homes = {path.resolve().parent for path in paths}
    found = (_aside(folder) for home in homes for folder in home.glob("before-restore-*"))
    return sorted((one for one in found if one), key=lambda one: one.at)


def _aside(folder: Path) -> Aside | None:
    match = NAME.fullmatch(folder.name)
    try:
        at = datetime.strptime(match[1], FORM).replace(tzinfo=UTC) if match else None
    except ValueError:  # the 31st of February
        at = None
    return Aside(folder, at, sum(_sizes(folder.rglob("*")))) if at else None


def _sizes(files: Iterable[Path]) -> Iterable[int]:
    return (file.lstat().st_size for file in files if file.is_file())
