"""Messages of ours that follow the state: remembered when they arrived, looked at again when
something of their OPD changed. What they say then is written elsewhere (bot.living)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update

from db.engine import Session
from db.models import Item, Living

GATHER = timedelta(seconds=2)  # what is pressed one after the other changes a message once
AT_ONCE = 20
AGAIN = timedelta(minutes=1)  # between tries while the line is troubled
Where = tuple[int, int]  # chat and message


@dataclass(frozen=True, slots=True)
class Life:
    """How a message follows. `opd_id`: whose changes concern it; None: everybody's. `kind`: who
    writes its words anew, from `facts` in numbers and ids; empty: its buttons alone follow."""

    opd_id: int | None
    kind: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    lasts: timedelta = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Alive:
    """A message that may have to change. `keyboard`: the buttons that it began with."""

    id: int
    where: Where
    kind: str
    facts: dict[str, Any]
    keyboard: dict[str, Any]
    shown: str
    look_at: datetime


async def remember(
    session: Session, where: Where, life: Life, keyboard: dict[str, Any], shown: str, now: datetime
) -> None:
    """It stands there from now on, in the place of what stood there before."""
    await forget(session, where)
    row = Living(
        chat_id=where[0],
        message_id=where[1],
        opd_id=life.opd_id,
        kind=life.kind,
        facts=life.facts,
        keyboard=keyboard,
        shown=shown,
        until=now + life.lasts,
    )
    session.add(row)


async def is_known(session: Session, where: Where) -> bool:
    query = select(Living.id).where(Living.chat_id == where[0], Living.message_id == where[1])
    return await session.scalar(query) is not None


async def forget(session: Session, where: Where) -> None:
    there = (Living.chat_id == where[0], Living.message_id == where[1])
    await session.execute(delete(Living).where(*there))


async def look_again(session: Session, opd_ids: Collection[int], at: datetime) -> None:
    """Something of these OPD changed. Call it in the transaction of the change."""
    await _look_again(session, Living.opd_id.in_(opd_ids), at)


async def look_again_for(session: Session, item_ids: Collection[int], at: datetime) -> None:
    """As `look_again`, for the OPD of these items."""
    whose = select(Item.opd_id).where(Item.id.in_(item_ids))
    await _look_again(session, Living.opd_id.in_(whose), at)


async def _look_again(session: Session, whose: ColumnElement[bool], at: datetime) -> None:
    looked = update(Living).where(or_(whose, Living.opd_id.is_(None)), Living.until > at)
    looked = looked.execution_options(synchronize_session=False)
    await session.execute(looked.values(look_at=at + GATHER))


async def due(session: Session, now: datetime) -> Sequence[Alive]:
    """Those to look at, a few at a time."""
    query = select(Living).where(Living.look_at <= now).order_by(Living.look_at, Living.id)
    return [
        Alive(
            row.id,
            (row.chat_id, row.message_id),
            row.kind,
            dict(row.facts),
            dict(row.keyboard),
            row.shown,
            row.look_at or now,
        )
        for row in await session.scalars(query.limit(AT_ONCE))
    ]


async def shows(session: Session, one: Alive, shown: str) -> None:
    """It is as it should be; unless something changed meanwhile, it is left alone."""
    await session.execute(update(Living).where(Living.id == one.id).values(shown=shown))
    same = update(Living).where(Living.id == one.id, Living.look_at == one.look_at)
    await session.execute(same.values(look_at=None))


async def later(session: Session, some: Collection[Alive], now: datetime) -> None:
    """The line is troubled."""
    rows = update(Living).where(Living.id.in_([one.id for one in some]))
    await session.execute(rows.values(look_at=now + AGAIN))
