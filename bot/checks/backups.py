"""The last nightly backup: whether there is one, how old it is, and on which disk it lies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.checks.database import file_of
from bot.checks.finding import Finding, fine, hint
from config.settings import Settings

NIGHTLY = "tuntas-????-??-??.*"
OLD = timedelta(days=2)


def backups(settings: Settings, now: datetime) -> list[Finding]:
    """`now` in the city's zone, by whose days they are named."""
    day = last_day(settings.backup_dir)
    if day is None:
        return [hint("no-backup", folder=str(settings.backup_dir))]
    if now.date() - day > OLD:
        return [hint("old-backup", day=day)]
    file = file_of(settings.database_url)
    return [fine("backup", day=day), *(_of_disk(settings.backup_dir, file) if file else ())]


def last_day(folder: Path) -> date | None:
    days = []
    for file in folder.glob(NIGHTLY):
        try:
            days.append(date.fromisoformat(file.name[len("tuntas-") :][:10]))
        except ValueError:
            continue
    return max(days, default=None)


def _of_disk(folder: Path, file: Path) -> Iterator[Finding]:
    if folder.stat().st_dev == file.stat().st_dev:
        yield hint("same-disk", folder=str(folder))
