"""Whether receiving was alive all the time, and whom it matters to when it was not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select

from config.calendar import Calendar
from db.engine import Session, add_once
from db.models import OPEN, Addressee, Item, Opd, Outage, Owed, Pulse
from db.owed import ARRIVED, BUTTONED

KEPT = timedelta(seconds=150)  # how long Telegram keeps a press
EVERY = timedelta(seconds=30)
PRESSED_WITHIN = timedelta(days=7)  # older messages are hardly pressed any more
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """When the bot was away."""

    id: int
    began_at: datetime
    ended_at: datetime

    @property
    def length(self) -> timedelta:
        return self.ended_at - self.began_at


async def is_fresh(session: Session, now: datetime) -> bool:
    """Whether there was a beat a moment ago, so that another would say nothing new."""
    at = await session.scalar(select(Pulse.at))
    return at is not None and timedelta(0) <= now - at < EVERY


async def beat(session: Session, calendar: Calendar, now: datetime) -> Span | None:
    """Receiving is alive now. The outage that this ends, if presses were lost in it."""
    await add_once(session, Pulse, id=1, at=now)
    pulse = await session.get_one(Pulse, 1)
    began_at, pulse.at = pulse.at, now
    if inside_window(calendar, began_at, now) <= KEPT:
        return None
    outage = Outage(began_at=began_at, ended_at=now)
    session.add(outage)
    await session.flush()
    return Span(outage.id, began_at, now)


async def outage(session: Session, outage_id: int) -> Span:
    return _facts(await session.get_one(Outage, outage_id))


async def outages_since(session: Session, since: datetime) -> tuple[Span, ...]:
    """Those that ended after that moment, the longest first."""
    found = await session.scalars(select(Outage).where(Outage.ended_at > since))
    return tuple(sorted(map(_facts, found), key=lambda span: span.length, reverse=True))


async def pressed_in_vain(session: Session, span: Span) -> list[int]:
    """The OPD in whose group a ✅ or ✋ may have been pressed meanwhile."""
    has_open = exists().where(Item.opd_id == Opd.id, Item.state.in_(OPEN))
    owes_a_hand = exists().where(Addressee.opd_id == Opd.id, Addressee.acknowledged_at.is_(None))
    query = (
        select(Opd.id)
        .join(Owed, (Owed.opd_id == Opd.id) & (Owed.chat_id == Opd.chat_id))
        .where(Owed.kind.in_(BUTTONED), Owed.fate.in_(ARRIVED), Opd.chat_trouble == "")
        .where(Owed.made_at > span.began_at - PRESSED_WITHIN, or_(has_open, owes_a_hand))
    )
    return list(await session.scalars(query.distinct().order_by(Opd.id)))


def inside_window(calendar: Calendar, began_at: datetime, ended_at: datetime) -> timedelta:
    """How much of that time the window was open."""
    began, ended = calendar.local(began_at), calendar.local(ended_at)
    total, day = timedelta(0), began.date()
    while day <= ended.date():
        if calendar.is_working(day):
            opens = datetime.combine(day, calendar.opens, calendar.zone)
            closes = datetime.combine(day, calendar.closes, calendar.zone)
            total += max(timedelta(0), min(closes, ended) - max(opens, began))
        day += DAY
    return total


def _facts(row: Outage) -> Span:
    return Span(row.id, row.began_at, row.ended_at)
