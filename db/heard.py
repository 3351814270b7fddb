"""Which stages of a deadline an OPD has heard of: recorded once, and never told again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select

from config.calendar import Calendar
from db.act import Act
from db.engine import Session, add_all_once
from db.models import OPEN, Event, Heard, Item
from db.reports.reminders import News


async def note(session: Session, news: Iterable[News], today: date) -> None:
    """Call it in the transaction that records the sending."""
    rows = [
        {"item_id": n.item.id, "due_at": n.item.due_at, "stage": n.stage, "day": today}
        for n in news
    ]
    await add_all_once(session, Heard, rows)


async def count_past(
    session: Session, calendar: Calendar, items: Iterable[Item], now: datetime
) -> None:
    """Stages already past when an item is added, moved or returned count as heard: the
    announcement was the message."""
    today = now.astimezone(calendar.zone).date()
    stages = ((item, calendar.stage(item.due_at, today)) for item in items)
    rows = [
        {"item_id": item.id, "due_at": item.due_at, "stage": stage, "day": today}
        for item, stage in stages
        if stage is not None
    ]
    await add_all_once(session, Heard, rows)


async def count_past_of(
    session: Session, calendar: Calendar, act: Act, verb: str, now: datetime
) -> None:
    """The same for the items to which this very act did that; not for those of before."""
    query = select(Item).join(Event, Event.item_id == Item.id)
    query = query.where(Event.verb == verb, Event.source == act.source)
    items = await session.scalars(query.where(Item.state.in_(OPEN)))
    await count_past(session, calendar, list(items), now)
