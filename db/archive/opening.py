"""Open an archive, and believe nothing of it before it has been checked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import ZipFile

from db.archive import checking, manifest, place
from db.archive.halting import Halt, never
from db.archive.manifest import DATABASE, EVIDENCE, Manifest
from db.archive.streams import Damaged, reading, take
from db.migrations import HEAD
from db.upgrade import TooNew

LARGEST = 256 << 20  # bytes of a manifest: a million files


def verified(
    file: Path, database: Path, evidence: Path | None = None, halt: Halt = never
) -> Manifest:
    """All of it read and compared, its database opened and checked. Leaves that at `database`,
    brought up to date, and the evidence in a folder `evidence`, if asked for."""
    with _zip(file) as archive:
        said = _said(archive)
        with _made(database) as target:
            take(archive, said.members[0], target, halt)
        for member in said.members[1:]:
            if evidence is None:
                take(archive, member, None, halt)
            else:
                with _made(evidence / member.name.removeprefix(EVIDENCE)) as target:
                    take(archive, member, target, halt)
    checking.check(database, said, halt)
    return said


def read(file: Path) -> Manifest:
    """What it says about itself, without a look at the rest."""
    with _zip(file) as archive:
        return _said(archive)


def _zip(file: Path) -> ZipFile:
    with reading("it is no zip archive, or not a whole one"):
        return ZipFile(file)


def _said(archive: ZipFile) -> Manifest:
    names = Counter(archive.namelist())
    for name in names:
        if not _is_safe(name):
            raise Damaged(f"it names a file where none belongs ({name[:100]!r})")
    said = _manifest(archive)
    if said.revision > HEAD:
        raise TooNew(f"it is of revision {said.revision}, this Tuntas knows {HEAD}")
    expected = Counter([manifest.NAME, *(member.name for member in said.members)])
    if missing := expected - names:
        raise Damaged(f"{min(missing)} is missing in it")
    if extra := names - expected:
        raise Damaged(f"{min(extra)} is in it, which its manifest does not know")
    return said


def _manifest(archive: ZipFile) -> Manifest:
    try:
        info = archive.getinfo(manifest.NAME)
    except KeyError:
        raise Damaged(f"{manifest.NAME} is missing in it") from None
    if info.file_size > LARGEST:
        raise Damaged(f"{manifest.NAME} is too large")
    with reading(f"{manifest.NAME} cannot be read from it"):
        text = archive.read(info)
    try:
        said = manifest.read(text)
    except ValueError as wrong:
        raise Damaged(f"{manifest.NAME} cannot be read from it") from wrong
    if said.format > manifest.FORMAT:
        raise TooNew(f"it is of format {said.format}, this Tuntas knows {manifest.FORMAT}")
    if not said.members or said.members[0].name != DATABASE:
        raise Damaged(f"{manifest.NAME} does not name {DATABASE}")
    return said


def _is_safe(name: str) -> bool:
    """Relative, downwards only, and nowhere but where we put things."""
    parts = PurePosixPath(name).parts
    is_plain = "/".join(parts) == name and not {"..", "/"} & set(parts) and "\0" not in name
    return is_plain and (name in {manifest.NAME, DATABASE} or name.startswith(EVIDENCE))


def _made(file: Path) -> IO[bytes]:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return open(file, "xb", opener=place.private)
