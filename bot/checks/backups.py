"""The last nightly backup: whether there is one, how old it is, and on which disk it lies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.checks.database import file_of
from bot.checks.finding import Finding, fine, hint, problem
from config.settings import Settings
from db.archive import asides, nightlies

OLD = timedelta(days=2)
SETTLED = timedelta(days=30)  # whoever missed something after a restore knows it by then


def backups(settings: Settings, now: datetime) -> Iterator[Finding]:
    """`now` in the city's zone, by whose nights they are named."""
    folder, file = settings.backup_dir, file_of(settings.database_url)
    if file is None:
        return  # a server's database is backed up by other means
    last = nightlies.last_backup(folder)
    if last is None:
        yield hint("no-backup", folder=str(folder))
        return
    if last.manifest is None:
        yield problem("bad-backup", day=last.night, path=str(last.path))
    elif now.date() - last.night > OLD:
        yield hint("old-backup", day=last.night)
    else:
        yield fine("backup", day=last.night)
    if file.exists() and folder.stat().st_dev == file.stat().st_dev:
        yield hint("same-disk", folder=str(folder))


def replaced(settings: Settings, now: datetime) -> Iterator[Finding]:
    """What restores moved aside is the only copy of it: named once it is old, never removed."""
    file = file_of(settings.database_url)
    every = asides.beside(file, settings.evidence_dir) if file else []
    old = [one for one in every if now - one.at > SETTLED]
    if old:
        paths = tuple(str(one.folder) for one in old)
        yield hint("replaced", paths=paths, size=sum(one.size for one in old))
