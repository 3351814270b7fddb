"""Every change, in order, chained by hash: what one entry says, the next one seals."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from db.act import Act
from db.engine import Session
from db.models import Audit

FIRST = "0" * 64
BATCH = 5_000  # entries in memory at a time while verifying
RESTORED = "restored"
LATELY = 10_000  # entries among which a message that comes again finds what it did
ENTRY = Audit.__table__.c
Row = Sequence[Any]  # the columns of ENTRY, in order
canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Entry:
    subject: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that is not as it was written; `why` in a few words."""

    entry: int
    why: str


@dataclass(frozen=True, slots=True)
class Rewound:
    """An entry that says: from here on the log goes on from a backup."""

    entry: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Chain:
    """How far the log is whole. `head`: the hash of the last good entry, which seals them all;
    `noted`: that of the entry asked for, empty where there is none; `rewound`: the last restore
    that took what followed up to there out of the log, if one is recorded."""

    count: int
    head: str
    noted: str = ""
    rewound: Rewound | None = None
    broken: Broken | None = None


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
    entry.hash = seal([getattr(entry, column.key) for column in ENTRY])
    session.add(entry)
    await session.flush()


async def refused(session: Session, act: Act, what: str, chat: int | None = None) -> None:
    """Somebody tried what is not theirs. An attempt that arrives again is one attempt. `chat`:
    where nobody is known but a group, in whose name it was tried."""
    if await done_by(session, "refused", act.source) is None:
        who = act if chat is None else replace(act, user_id=None)
        await record(session, who, "refused", what, after={} if chat is None else {"chat": chat})


async def done_by(session: Session, verb: str, source: str) -> Entry | None:
    """What this very message did before, if it comes again; looked for among the latest."""
    newest = select(Audit.id).order_by(Audit.id.desc()).limit(1).scalar_subquery()
    query = select(Audit.subject, Audit.before, Audit.after).where(Audit.id > newest - LATELY)
    query = query.where(Audit.source == source, Audit.verb == verb).limit(1)
    row = (await session.execute(query)).one_or_none()
    return Entry(*row) if row else None


def seal(row: Row) -> str:
    """SHA-256 over what an entry says, all but its own hash."""
    return hashlib.sha256(written(row[:-1]).encode()).hexdigest()


def written(row: Row) -> str:
    """The canonical form: JSON, keys sorted, no blanks, UTC to the microsecond."""
    entry, at, *facts = row
    moment: datetime = at.astimezone(UTC)
    return canonical([entry, moment.isoformat(timespec="microseconds"), *facts])


async def verify(session: Session, noted: int = 0) -> Chain:
    """Read the whole log, however long, in batches. `noted`: an entry whose hash is wanted."""
    count, head, wanted, rewound = 0, FIRST, "", None
    async for rows in _batches(session):
        for row in rows:
            if why := _why_broken(row, count + 1, head):
                return Chain(count, head, wanted, rewound, why)
            count, head = row[0], row[-1]
            wanted = head if count == noted else wanted
            if row[2] == RESTORED and count <= noted:
                rewound = Rewound(count, row[1])
        if not rows:
            return Chain(count, head, wanted, rewound, Broken(count + 1, "it cannot be read"))
    return Chain(count, head, wanted, rewound)


async def first_broken(session: Session) -> int | None:
    """The number of the first entry that does not follow from the one before, if any."""
    broken = (await verify(session)).broken
    return broken.entry if broken else None


def _why_broken(row: Row, expected: int, head: str) -> Broken | None:
    entry, *_, previous, sealed = row
    if entry != expected:
        strange = not isinstance(entry, int) or entry < expected
        return Broken(entry, "it is out of order") if strange else Broken(expected, "it is missing")
    if previous != head:
        return Broken(entry, "it does not follow from the one before")
    try:
        return None if seal(row) == sealed else Broken(entry, "it was changed")
    except (TypeError, ValueError, AttributeError):  # not even JSON
        return Broken(entry, "it was changed")


async def _batches(session: Session) -> AsyncIterator[Sequence[Row]]:
    """In order. Where the next row cannot be read, an empty batch is the last."""
    query, size = select(*ENTRY).order_by(ENTRY.id), BATCH
    last: int | None = None
    while True:
        following = query if last is None else query.where(ENTRY.id > last)
        try:
            rows = (await session.execute(following.limit(size))).all()
        except ValueError:  # a moment or facts that are none
            if size == 1:
                yield []
                return
            size = 1
            continue
        if not rows:
            return
        yield rows
        last = rows[-1][0]
