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
AGAIN = timedelta(minutes=1)  # between tries while the line is troubled, or after a crash
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
    opd_id: int | None


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


async def is_of(session: Session, where: Where, life: Life) -> bool:
    """Whether what stands there follows just so: nobody went on from it to something else."""
    query = select(Living).where(Living.chat_id == where[0], Living.message_id == where[1])
    row = await session.scalar(query)
    return row is not None and (row.kind, row.facts) == (life.kind, life.facts)


async def forget(session: Session, where: Where) -> None:
    there = (Living.chat_id == where[0], Living.message_id == where[1])
    await session.execute(delete(Living).where(*there))


async def forget_in(session: Session, chat_id: int | None, opd_id: int) -> None:
    """That group is the OPD's no more: it hears no news of it."""
    theirs = or_(Living.opd_id == opd_id, Living.opd_id.is_(None))
    await session.execute(delete(Living).where(Living.chat_id == chat_id, theirs))


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
            row.opd_id,
        )
        for row in await session.scalars(query.limit(AT_ONCE))
    ]


async def take(session: Session, some: Collection[Alive], now: datetime) -> datetime:
    """They are looked at now. What changes from here on says a time of its own, and is looked at
    afterwards; a crash lets them wait until the time that is returned."""
    until = now + AGAIN
    rows = update(Living).where(Living.id.in_([one.id for one in some]))
    await session.execute(rows.values(look_at=until))
    return until


async def stands(session: Session, one: Alive) -> bool:
    """Whether it still shows what it did: nothing else was put in its place meanwhile."""
    return await session.scalar(select(Living.id).where(*_is(one))) is not None


async def shows(session: Session, one: Alive, shown: str, taken: datetime) -> None:
    """It is as it should be; unless something changed since it was taken, it is left alone."""
    same = update(Living).where(*_is(one), Living.look_at == taken)
    await session.execute(same.values(look_at=None))
    await session.execute(update(Living).where(*_is(one)).values(shown=shown))


async def leave(session: Session, one: Alive) -> None:
    """It follows no more."""
    await session.execute(delete(Living).where(*_is(one)))


async def later(session: Session, one: Alive, taken: datetime, when: datetime) -> None:
    """Something keeps it from being shown now."""
    row = update(Living).where(*_is(one), Living.look_at == taken)
    await session.execute(row.values(look_at=when))


def _is(one: Alive) -> tuple[ColumnElement[bool], ...]:
    """An id may be given again to what stands in its place."""
    return Living.id == one.id, Living.shown == one.shown
