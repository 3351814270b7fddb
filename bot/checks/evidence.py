"""Whether every file of evidence lies where it was kept, as it was kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.checks.finding import Finding, fine, problem
from db import shelf


def evidence(root: Path, shelved: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """`shelved`: where each lies below `root`, and its SHA-256. Reads them all."""
    if not shelved:
        return
    wrong = [stored_as for stored_as, sha256 in shelved if not _is_whole(root, stored_as, sha256)]
    there = {stored_as: shelf.path_of(root, stored_as).exists() for stored_as in wrong}
    missing = tuple(str(root / path) for path in wrong if not there[path])
    changed = tuple(str(root / path) for path in wrong if there[path])
    if missing:
        yield problem("evidence-missing", paths=missing, count=len(missing))
    if changed:
        yield problem("evidence-changed", paths=changed, count=len(changed))
    if not wrong:
        yield fine("evidence", count=len(shelved))


def _is_whole(root: Path, stored_as: str, sha256: str) -> bool:
    """What cannot be read is not whole."""
    try:
        return shelf.is_whole(root, stored_as, sha256)
    except OSError:
        return False
