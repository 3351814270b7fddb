"""Who must hear of which deadlines now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, select

from config.calendar import Calendar
from db import chats
from db.chats import OpdFacts
from db.engine import Session, add_once
from db.models import OPEN, Heard, Item
from db.reports.items import ItemFacts, facts_of

PRESSING = 5
AHEAD = timedelta(days=60)  # no stage is earlier; free days included


@dataclass(frozen=True, slots=True)
class News:
    """A stage of an item's deadline that its OPD has not heard of."""

    item: ItemFacts
    stage: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """`news`: by lateness, then weight."""

    opd: OpdFacts
    news: tuple[News, ...]
    still_open: int
    late: int

    @property
    def pressing(self) -> tuple[ItemFacts, ...]:
        return tuple(n.item for n in self.news[:PRESSING])

    @property
    def others(self) -> int:
        """How many more reached a stage."""
        return max(0, len(self.news) - PRESSING)


async def due(session: Session, calendar: Calendar, now: datetime) -> list[int]:
    """The OPD with an open item whose newest stage was not told. One question per deadline:
    thousands of items share few."""
    found: set[int] = set()
    for due_at, stage in (await _reached(session, calendar, now)).items():
        query = select(Item.opd_id).where(Item.due_at == due_at, _untold(stage)).distinct()
        found |= set(await session.scalars(query))
    return sorted(found)


async def reminder(
    session: Session, calendar: Calendar, opd_id: int, now: datetime
) -> Reminder | None:
    """What one OPD must hear now; None when there is nothing new or nothing open."""
    query = select(Item).where(Item.opd_id == opd_id, Item.state.in_(OPEN))
    open_items = list(await session.scalars(query.order_by(Item.due_at, Item.number)))
    told = await _told(session, opd_id)
    news = []
    for item in open_items:
        stage = calendar.stage(item.due_at, now.date())
        if stage is not None and stage > told.get((item.id, item.due_at), stage - 1):
            news.append(News(facts_of(item), stage))
    if not news:
        return None
    news.sort(key=lambda n: (n.item.due_at, -n.item.weight, n.item.number))
    late = sum(i.is_late(now) for i in open_items)
    return Reminder(await chats.by_id(session, opd_id), tuple(news), len(open_items), late)


async def hear(session: Session, news: Iterable[News], today: date) -> None:
    """Call it in the transaction that records the sending."""
    for n in news:
        await add_once(
            session, Heard, item_id=n.item.id, due_at=n.item.due_at, stage=n.stage, day=today
        )


async def hear_past(
    session: Session, calendar: Calendar, items: Iterable[Item], now: datetime
) -> None:
    """Stages already past when an item is added, moved or returned count as heard: the
    announcement was the message."""
    today = now.astimezone(calendar.zone).date()
    for item in items:
        if (stage := calendar.stage(item.due_at, today)) is not None:
            await add_once(
                session, Heard, item_id=item.id, due_at=item.due_at, stage=stage, day=today
            )


async def _reached(session: Session, calendar: Calendar, now: datetime) -> dict[datetime, int]:
    """The newest stage of every deadline that an open item has and that has reached one."""
    query = select(Item.due_at).where(Item.state.in_(OPEN), Item.due_at < now + AHEAD).distinct()
    stages = {d: calendar.stage(d, now.date()) for d in await session.scalars(query)}
    return {due_at: stage for due_at, stage in stages.items() if stage is not None}


def _untold(stage: int) -> ColumnElement[bool]:
    told = exists().where(
        Heard.item_id == Item.id, Heard.due_at == Item.due_at, Heard.stage >= stage
    )
    return and_(Item.state.in_(OPEN), ~told)


async def _told(session: Session, opd_id: int) -> dict[tuple[int, datetime], int]:
    """The newest stage told of each item and deadline."""
    query = select(Heard).join(Item, Item.id == Heard.item_id).where(Item.opd_id == opd_id)
    newest: dict[tuple[int, datetime], int] = {}
    for h in await session.scalars(query):
        key = (h.item_id, h.due_at)
        newest[key] = max(h.stage, newest.get(key, h.stage))
    return newest
