"""What somebody new in a post must know at once: of one OPD, or of the whole city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, true

from db.engine import Session
from db.models import COUNTED, OPEN, Addressee, Item, State
from db.reports.decisions import standing

MOST = 200  # numbers; ranges make them short


@dataclass(frozen=True, slots=True)
class Briefing:
    """Numbers of items, for an OPD; the counts are its own, or the city's. `blocked`: numbers of
    open obstacles (K7); with `asked` they are what db.reports.matters lists."""

    still_open: int
    late: int
    waiting: int  # for being verified
    sent_back: int
    late_items: tuple[int, ...] = ()
    returned: tuple[int, ...] = ()
    asked: tuple[int, ...] = ()  # for a later deadline
    blocked: tuple[int, ...] = ()
    instructions: int = 0


async def briefing(session: Session, now: datetime, opd_id: int | None) -> Briefing | None:
    """Without an OPD of the whole city. None where there is no item yet."""
    mine = true() if opd_id is None else Item.opd_id == opd_id
    late = and_(Item.state.in_(OPEN), Item.due_at < now)
    found = await session.execute(
        select(
            func.count().filter(Item.state.in_(COUNTED)),
            func.count().filter(Item.state.in_(OPEN)),
            func.count().filter(late),
            func.count().filter(Item.state == State.SUBMITTED),
            func.count().filter(Item.state == State.RETURNED),
        ).where(mine)
    )
    everything, still_open, many_late, waiting, sent_back = found.one()
    if not everything:
        return None
    unanswered = select(func.count()).select_from(Addressee)
    unanswered = unanswered.where(Addressee.acknowledged_at.is_(None))
    if opd_id is not None:
        unanswered = unanswered.where(Addressee.opd_id == opd_id)
    decisions = [made for _, _, made in await standing(session, now, opd_id)]
    return Briefing(
        still_open=still_open,
        late=many_late,
        waiting=waiting,
        sent_back=sent_back,
        late_items=await _numbers(session, and_(mine, late)),
        returned=await _numbers(session, and_(mine, Item.state == State.RETURNED)),
        asked=tuple(sorted(made.number for made in decisions if made.extension)),
        blocked=tuple(sorted(made.obstacle for made in decisions if made.obstacle)),
        instructions=await session.scalar(unanswered) or 0,
    )


async def _numbers(session: Session, which: ColumnElement[bool]) -> tuple[int, ...]:
    query = select(Item.number).where(which).order_by(Item.number)
    return tuple(await session.scalars(query.limit(MOST)))
