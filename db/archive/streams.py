"""Members of an archive in and out, a mebibyte at a time."""

from __future__ import annotations

import errno
import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from db.archive.halting import Halt, look
from db.archive.manifest import Member

AT_ONCE = 1 << 20  # bytes
BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class Damaged(Exception):
    """An archive that cannot be trusted. Says in one sentence what is wrong with it."""


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Damaged, with `what` it says, where the archive is at fault."""
    try:
        yield
    except BROKEN as wrong:
        raise Damaged(f"{what} ({wrong})") from wrong
    except OSError as wrong:
        if wrong.errno != errno.EINVAL:
            raise
        raise Damaged(f"{what} (it refers to what lies before its beginning)") from wrong


def put(archive: ZipFile, name: str, file: Path, halt: Halt, *, deflate: bool = False) -> Member:
    """Photographs and PDF do not get smaller; a database does."""
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED if deflate else ZIP_STORED
    info.external_attr = 0o600 << 16
    with file.open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
        return _member(name, _through(source, halt), target)


def take(archive: ZipFile, member: Member, target: IO[bytes] | None, halt: Halt) -> None:
    """Damaged where it is not what the manifest says; it is never read beyond the size said."""
    with reading(f"{member.name} cannot be read from it"), archive.open(member.name) as source:
        found = _member(member.name, _through(source, halt, member.size), target)
    if found != member:
        raise Damaged(f"{member.name} is not what its checksum says")


def _through(source: IO[bytes], halt: Halt, most: int | None = None) -> Iterator[bytes]:
    """`most`: one piece beyond it is the last, and enough to tell that it is too long."""
    done = 0
    while (most is None or done <= most) and (piece := source.read(AT_ONCE)):
        look(halt)
        done += len(piece)
        yield piece


def _member(name: str, pieces: Iterator[bytes], target: IO[bytes] | None) -> Member:
    size, digest = 0, hashlib.sha256()
    for piece in pieces:
        size += len(piece)
        digest.update(piece)
        if target:
            target.write(piece)
    return Member(name, size, digest.hexdigest())
