"""Every change, in order, chained by hash: what one entry says, the next one seals."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from sqlalchemy import select

from db.act import Act
from db.engine import Session
from db.models import Audit

FIRST = "0" * 64
BATCH = 5_000  # entries in memory at a time while verifying


async def record(
    session: Session,
    act: Act,
    verb: str,
    subject: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Call it in the transaction of the change. Facts are plain JSON and name no person."""
    await session.flush()
    newest = select(Audit.id, Audit.hash).order_by(Audit.id.desc()).limit(1)
    last = (await session.execute(newest)).one_or_none()
    entry = Audit(
        id=last.id + 1 if last else 1,
        at=act.at,
        verb=verb,
        subject=subject,
        tenure_id=act.tenure_id,
        user_id=act.user_id,
        source=act.source,
        before=dict(before or {}),
        after=dict(after or {}),
        previous=last.hash if last else FIRST,
    )
    entry.hash = seal(entry)
    session.add(entry)
    await session.flush()


def seal(entry: Audit) -> str:
    """SHA-256 over the canonical form: JSON, keys sorted, no blanks, UTC to the microsecond."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    facts = [entry.id, at, entry.verb, entry.subject, entry.tenure_id, entry.user_id, entry.source]
    canonical = json.dumps(
        [*facts, entry.before, entry.after, entry.previous],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


async def first_broken(session: Session) -> int | None:
    """The number of the first entry that does not follow from the one before, if any."""
    last_id, last_hash = 0, FIRST
    while entries := await _after(session, last_id):
        for entry in entries:
            follows = entry.id == last_id + 1 and entry.previous == last_hash
            if not follows or seal(entry) != entry.hash:
                return last_id + 1 if entry.id != last_id + 1 else entry.id
            last_id, last_hash = entry.id, entry.hash
        session.expunge_all()
    return None


async def _after(session: Session, last_id: int) -> list[Audit]:
    query = select(Audit).where(Audit.id > last_id).order_by(Audit.id).limit(BATCH)
    return list(await session.scalars(query))
