"""The shelf: the files below EVIDENCE_DIR, ours alone, whole or not there at all. Nothing in them
is ever opened or run."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
from pathlib import Path

LONGEST = 60  # characters of a file's own name
PART = ".part-"  # what a file is called until it is whole
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def safe(name: str) -> str:
    """A name that means nothing to any file system or shell; its ending stays."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem, dot, ending = plain.rpartition(".")
    stem = UNSAFE.sub("-", stem if dot else ending).strip("-._")[:LONGEST]
    ending = UNSAFE.sub("", ending if dot else "").lower()[:8]
    return f"{stem or 'berkas'}.{ending}" if ending else stem or "berkas"


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def place(folder: str, name: str, sha256: str) -> str:
    """Where it lies below EVIDENCE_DIR. The same content by the same name lies in the same place:
    what a crash left there is taken up again."""
    return f"{folder}/{sha256[:12]}-{safe(name)}"


def put(root: Path, stored_as: str, sha256: str, content: bytes) -> None:
    """On disk when this returns. OSError: the disk does not take it."""
    if not is_whole(root, stored_as, sha256):
        _write(path_of(root, stored_as), content)


def path_of(root: Path, stored_as: str) -> Path:
    path = (root / stored_as).resolve()
    if not path.is_relative_to(root.resolve()):
        raise ValueError(f"{stored_as} lies outside of EVIDENCE_DIR")
    return path


def is_whole(root: Path, stored_as: str, sha256: str) -> bool:
    """Whether it is there and unchanged. Reads all of it."""
    try:
        with path_of(root, stored_as).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def _write(target: Path, content: bytes) -> None:
    """Under another name first: nobody ever sees half of it."""
    _folder(target.parent)
    descriptor, part = tempfile.mkstemp(prefix=PART, dir=target.parent)  # mode 0600
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    _sync(target.parent)


def _folder(folder: Path) -> None:
    """Each that is new is on disk before anything lies in it."""
    if not folder.is_dir():
        _folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
