"""Where an archive is made: a folder beside its target, swept away when its process has gone."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

UNFINISHED = ".tuntas-unfinished-"
YOUNG = 3600.0  # seconds in which a folder without a lock may still get one
NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}  # FAT, SMB


@contextmanager
def working(beside: Path, prefix: str = UNFINISHED) -> Iterator[Path]:
    """A folder for this account alone, on the disk where the result shall lie."""
    beside.stat()  # FileNotFoundError names it
    sweep(beside, prefix)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=beside))
    with (folder / "new").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (folder / "new").rename(folder / "lock")  # whoever finds it finds it locked
        try:
            yield folder
        finally:
            _remove(folder)


def sweep(beside: Path, prefix: str = UNFINISHED) -> None:
    """What a killed process left: the kernel has freed its lock."""
    for folder in beside.glob(f"{prefix}*"):
        try:
            with (folder / "lock").open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(folder)
        except FileNotFoundError:
            if folder.is_dir() and time.time() - folder.stat().st_mtime > YOUNG:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # somebody is at work in it


def _remove(folder: Path) -> None:
    """The lock last: cut off in the middle, what is left is still known to be nobody's."""
    with suppress(OSError):
        for entry in folder.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name != "lock":
                entry.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def publish(file: Path, target: Path) -> None:
    """On disk first, then under its name, which nobody has yet (FileExistsError)."""
    sync(file)
    try:
        os.link(file, target)  # as rename(), but never over another
    except OSError as wrong:
        if wrong.errno not in NO_LINKS:
            raise
        refuse_existing(target)
        file.rename(target)
    sync(target.parent)


def make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def refuse_existing(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))


def sync(path: Path) -> None:
    """A file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def private(path: str, flags: int) -> int:
    """For open(…, opener=): whoever else has an account cannot read it, whatever the umask."""
    return os.open(path, flags, 0o600)
