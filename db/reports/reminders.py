"""Who must hear of which deadlines now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select

from config.calendar import Calendar
from db import chats
from db.chats import OpdFacts
from db.engine import Session
from db.models import OPEN, Fate, Heard, Item, Opd, Owed, Person, Post, Tenure
from db.reports import escalations, responses
from db.reports.escalations import Late
from db.reports.items import ItemFacts, facts_of
from db.reports.responses import Unacknowledged

PRESSING, NAMED = 5, 3  # items and instructions in one message
FREE_DAYS = timedelta(days=30)  # more than ever follow each other; a stage is heard before them
Told = tuple[int, int, int]  # item, deadline in seconds, stage


@dataclass(frozen=True, slots=True)
class News:
    """A stage of an item's deadline that its OPD has not heard of."""

    item: ItemFacts
    stage: int

    @property
    def told(self) -> Told:
        return self.item.id, int(self.item.due_at.timestamp()), self.stage


@dataclass(frozen=True, slots=True)
class Reminder:
    """`news`: what is longest past its deadline first, then what is due next, then by weight.
    `instructions`: all that nobody of the OPD has acknowledged."""

    opd: OpdFacts
    news: tuple[News, ...]
    still_open: int
    late: int
    instructions: tuple[Unacknowledged, ...] = ()
    raised: tuple[Late, ...] = ()  # which no head could be told of

    @property
    def named(self) -> tuple[Unacknowledged, ...]:
        return self.instructions[:NAMED]

    @property
    def is_urgent(self) -> bool:
        """Something is late, due by tomorrow, or wanted by name; all else need not ring."""
        is_near = any(one.stage >= -1 for one in self.news)
        return is_near or bool(self.instructions or self.raised)

    @property
    def pressing(self) -> tuple[ItemFacts, ...]:
        return tuple(n.item for n in self.news[:PRESSING])

    @property
    def others(self) -> int:
        """How many more reached a stage."""
        return max(0, len(self.news) - PRESSING)


@dataclass(frozen=True, slots=True)
class DueOpd:
    id: int
    code: str
    is_reachable: bool


async def due(session: Session, calendar: Calendar, now: datetime) -> list[DueOpd]:
    """The OPD with an open item whose newest stage was not told, or with an instruction whose was
    not, and no reminder today yet."""
    newest = await _newest_stage(session, calendar, now)
    instructed = await responses.with_news(session, calendar, now)
    if newest is None and not instructed:
        return []
    reachable = and_(Opd.chat_id.is_not(None), Opd.chat_trouble == "")
    query = select(Opd.id, Opd.code, reachable)
    query = query.where(Opd.id.not_in(_reminded_on(now.date())), or_(reachable, _has_people()))
    query = query.where(or_(_untold(newest), Opd.id.in_(instructed)))
    return [DueOpd(*row) for row in await session.execute(query.order_by(Opd.code))]


async def reminder(
    session: Session,
    calendar: Calendar,
    opd_id: int,
    now: datetime,
    told_today: Collection[Told] = (),
) -> Reminder | None:
    """What one OPD must hear now; None when there is nothing new or nothing open. `told_today`:
    what others there heard today in private, which this one has not."""
    query = select(Item).where(Item.opd_id == opd_id, Item.state.in_(OPEN))
    open_items = list(await session.scalars(query))
    told = await _told(session, opd_id)
    news = []
    for item in open_items:
        stage = calendar.stage(item.due_at, now.date())
        if stage is None:
            continue
        one = News(facts_of(item), stage)
        if stage > told.get((item.id, item.due_at), stage - 1) or one.told in told_today:
            news.append(one)
    waiting = await responses.unacknowledged(session, opd_id)
    if not news and not (waiting and await responses.with_news(session, calendar, now, opd_id)):
        return None
    news.sort(key=lambda n: (n.item.due_at, -n.item.weight, n.item.number))
    late = sum(i.is_late(now) for i in open_items)
    raised = await escalations.for_nobody(session, calendar, now, opd_id)
    opd = await chats.by_id(session, opd_id)
    return Reminder(opd, tuple(news), len(open_items), late, tuple(waiting), raised)


async def pressing(session: Session, opd: OpdFacts, now: datetime) -> Reminder:
    """What is open now, whatever was told: as a person who reminds of it wants it told."""
    query = select(Item).where(Item.opd_id == opd.id, Item.state.in_(OPEN))
    items = list(
        await session.scalars(query.order_by(Item.due_at, Item.weight.desc(), Item.number))
    )
    news = tuple(News(facts_of(item), 0) for item in items)
    return Reminder(opd, news, len(items), sum(item.is_late(now) for item in items))


async def told_today(session: Session, opd_id: int, day: date) -> set[Told]:
    """What a reminder in private said there that day."""
    query = select(Owed.facts).where(Owed.kind == "reminder", Owed.opd_id == opd_id)
    query = query.where(Owed.day == day, Owed.fate == Fate.SENT)
    notes = await session.scalars(query)
    return {(item, due, stage) for note in notes for item, due, stage in note.get("told", ())}


async def _newest_stage(
    session: Session, calendar: Calendar, now: datetime
) -> ColumnElement[int] | None:
    """The newest stage that an item's deadline has reached (NULL: none yet), as SQL. A later
    deadline never is at a later stage, so each stage is a stretch of deadlines."""
    ahead = timedelta(max(calendar.before, default=0)) + FREE_DAYS
    query = select(Item.due_at).where(Item.state.in_(OPEN), Item.due_at < now + ahead).distinct()
    last: dict[int, datetime] = {}
    for due_at in sorted(await session.scalars(query)):
        if (stage := calendar.stage(due_at, now.date())) is not None:
            last[stage] = due_at
    reached = [(Item.due_at <= due_at, stage) for stage, due_at in last.items()]
    return case(*reached, else_=None) if reached else None


def _untold(newest: ColumnElement[int] | None) -> ColumnElement[bool]:
    """Whether an OPD has an open item whose newest stage was not told."""
    if newest is None:
        return false()
    told = exists().where(
        Heard.item_id == Item.id, Heard.due_at == Item.due_at, Heard.stage >= newest
    )
    return exists().where(Item.opd_id == Opd.id, Item.state.in_(OPEN), newest.is_not(None), ~told)


def _has_people() -> ColumnElement[bool]:
    """Whether anybody of the OPD could hear in private."""
    return (
        exists()
        .where(Post.opd_id == Opd.id, Tenure.post_id == Post.id, Tenure.ended_at.is_(None))
        .where(Person.user_id == Tenure.user_id, Person.trouble == "")
    )


def _reminded_on(day: date) -> ColumnElement[int]:
    """The OPD that got a reminder that day, or perhaps got one, or have one under way."""
    came_to_nothing = Owed.fate.in_((Fate.FAILED, Fate.OBSOLETE))
    query = select(Owed.opd_id).where(Owed.kind == "reminder", Owed.day == day, ~came_to_nothing)
    return query.scalar_subquery()


async def _told(session: Session, opd_id: int) -> dict[tuple[int, datetime], int]:
    """The newest stage told of each item and deadline."""
    query = select(Heard.item_id, Heard.due_at, func.max(Heard.stage))
    query = query.join(Item, Item.id == Heard.item_id).where(Item.opd_id == opd_id)
    rows = await session.execute(query.group_by(Heard.item_id, Heard.due_at))
    return {(item, due_at): stage for item, due_at, stage in rows}
