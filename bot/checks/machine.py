"""The machine: room on its disks, who else may read our files, and under whose name we run."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bot.checks.database import file_of
from bot.checks.finding import Finding, fine, hint, problem
from config.settings import Settings

FULL, TIGHT = 100 * 2**20, 2**30  # bytes free
SOON = 30  # days
DAY = timedelta(days=1)
OTHERS = 0o077


def machine(settings: Settings, began: datetime | None, now: datetime) -> list[Finding]:
    """`began`: the oldest entry of the audit log, from which growth is counted."""
    found = [*_of_disks(settings, began, now), *_of_modes(settings)]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        found.append(hint("root"))
    if settings.heartbeat_url is None:
        found.append(hint("no-heartbeat"))
    return found


async def in_time(seconds: float, look: Callable[[], list[Finding]]) -> list[Finding]:
    """A mount such as BACKUP_DIR may hang: its thread is left alone then."""
    try:
        async with asyncio.timeout(seconds):
            return await asyncio.to_thread(look)
    except TimeoutError:
        return [hint("disk-hangs")]


def places(settings: Settings) -> list[Path]:
    """Where we write: the database's folder, evidence, backups."""
    file = file_of(settings.database_url)
    mine = [settings.evidence_dir, settings.backup_dir]
    return [file.parent, *mine] if file else mine


def grown(settings: Settings) -> int:
    """Bytes of all that we keep."""
    folders = {path.resolve() for path in places(settings)}
    inner = {one for one in folders if not any(other in one.parents for other in folders)}
    return sum(_size(folder) for folder in inner)


def _of_disks(settings: Settings, began: datetime | None, now: datetime) -> Iterator[Finding]:
    days = (now - began) / DAY if began else 0.0
    return rooms(settings, grown(settings) / days if days >= 1 else None)


def rooms(settings: Settings, a_day: float | None = None) -> Iterator[Finding]:
    """Every disk that we write to, once. `a_day`: bytes by which we grow, if known."""
    seen: set[int] = set()
    for path in map(_existing, places(settings)):
        if path.stat().st_dev not in seen:
            seen.add(path.stat().st_dev)
            yield of_room(path, shutil.disk_usage(path).free, a_day)


def of_room(path: Path, free: int, a_day: float | None) -> Finding:
    left = int(free / max(a_day, 1.0)) if a_day is not None else None
    facts = {"path": str(path), "free": free, "days": left}
    if free < FULL:
        return problem("disk-full", **facts)
    if free < TIGHT or (left is not None and left < SOON):
        return hint("disk-low", **facts)
    return fine("disk", **facts)


def _of_modes(settings: Settings) -> Iterator[Finding]:
    """Ours alone: they name officials, and `.env` holds the token."""
    mine = [path for path in _ours(settings) if path.exists()]
    if open_ := [path for path in mine if path.stat().st_mode & OTHERS]:
        yield hint("open", paths=tuple(map(str, open_)))
    if shut := [path for path in mine if not os.access(path, os.R_OK | os.W_OK)]:
        yield problem("shut", paths=tuple(map(str, shut)))


def _ours(settings: Settings) -> list[Path]:
    file = file_of(settings.database_url)
    kept = [file.with_name(file.name + end) for end in ("", "-wal", "-shm")] if file else []
    return [Path(".env"), *kept, *places(settings)]


def _existing(path: Path) -> Path:
    """The path, or what of it is there."""
    path = path.absolute()
    return next(one for one in (path, *path.parents) if one.exists())


def _size(folder: Path) -> int:
    return sum(_sizes(folder.rglob("*")))


def _sizes(paths: Iterable[Path]) -> Iterator[int]:
    for path in paths:
        try:
            yield path.stat().st_size if path.is_file() and not path.is_symlink() else 0
        except OSError:  # gone meanwhile
            continue
