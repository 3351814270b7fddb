"""What a database has to know, and whom it owes word, when it is taken up again from an earlier
moment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Select, delete, select, update

from db import alarms, audit, engine, hearers
from db.act import Act
from db.archive.manifest import Manifest
from db.engine import Session
from db.models import COUNTED, Fate, Item, Owed, Pulse


async def tell(file: Path, said: Manifest, now: datetime, opens_at: datetime) -> None:
    """The log says so, and from `opens_at` on each OPD and the coordinators hear it."""
    database = engine.connect(f"sqlite+aiosqlite:///{file}")
    act = Act(now, f"cli:restore {now.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}")
    made_at = said.made_at.isoformat()
    try:
        async with database.writing() as session:
            await _doubt(session)
            await audit.record(session, act, audit.RESTORED, "database", after={"made_at": made_at})
            await alarms.warn(session, act, "restored", opens_at, at=made_at)
            for opd_id in await session.scalars(_concerned()):
                await hearers.owe(session, act, "restored", opd_id, opens_at, at=made_at)
    finally:
        await database.close()


async def _doubt(session: Session) -> None:
    """What was owed may have been sent since; one being sent is of unknown fate anyway. When the
    bot was last alive is not what the copy says: what is told instead includes it."""
    owed = (Owed.fate == Fate.OWED, Owed.not_before.is_not(None))
    await session.execute(update(Owed).where(*owed).values(repeated=True))
    await session.execute(delete(Pulse))


def _concerned() -> Select[int]:
    return select(Item.opd_id).where(Item.state.in_(COUNTED)).distinct().order_by(Item.opd_id)
