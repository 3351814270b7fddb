"""What has had its use goes after a while. The audit log stays for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from db import audit
from db.act import Act
from db.drafts import ANSWERED, SAVED
from db.engine import Session
from db.models import Draft, Fate, Heard, Invitation, Item, Living, Outage, Owed

DRAFTS = timedelta(days=30)  # after their day; one that was saved says so as long as messages
INVITATIONS = timedelta(days=90)  # so long who comes late hears that the link was used
MESSAGES = timedelta(days=400)  # what was asked or answered again meanwhile finds its key
AT_ONCE = 500  # of each, in one transaction: people who confirm meanwhile wait for no more


@dataclass(frozen=True, slots=True)
class Past:
    """What may go, by ids; `heard` by item, deadline and stage."""

    drafts: tuple[int, ...]
    invitations: tuple[int, ...]
    messages: tuple[int, ...]
    living: tuple[int, ...] = ()
    outages: tuple[int, ...] = ()
    heard: tuple[tuple[int, datetime, int], ...] = ()

    def __bool__(self) -> bool:
        numbered = self.drafts or self.invitations or self.messages or self.living
        return bool(numbered or self.outages or self.heard)


async def past(session: Session, now: datetime) -> Past:
    """A question for a reader. The newest row of each table stays: its id is not given again, and
    no old button gets a new meaning."""
    settled = func.coalesce(Invitation.used_at, Invitation.expires_at)
    return Past(
        drafts=await _some(session, Draft.id, _half_said_long_ago(now)),
        invitations=await _some(session, Invitation.id, settled < now - INVITATIONS),
        messages=await _some(session, Owed.id, *_told_long_ago(now)),
        living=await _some(session, Living.id, Living.until < now),
        outages=await _some(session, Outage.id, Outage.ended_at < now - MESSAGES),
        heard=await _heard_in_vain(session, (now - MESSAGES).date()),
    )


async def remove(session: Session, past: Past, now: datetime) -> None:
    await session.execute(delete(Draft).where(Draft.id.in_(past.drafts)))
    await session.execute(delete(Owed).where(Owed.id.in_(past.messages)))
    await session.execute(delete(Living).where(Living.id.in_(past.living)))
    await session.execute(delete(Outage).where(Outage.id.in_(past.outages)))
    stage = tuple_(Heard.item_id, Heard.due_at, Heard.stage)
    await session.execute(delete(Heard).where(stage.in_(past.heard)))
    if past.invitations:
        await session.execute(delete(Invitation).where(Invitation.id.in_(past.invitations)))
        act = Act(now, f"tidy:{now.date()}")
        gone = {"invitations": list(past.invitations)}
        await audit.record(session, act, "removed", "invitation", before=gone)


async def _some(
    session: Session, ident: InstrumentedAttribute[int], *which: ColumnElement[bool]
) -> tuple[int, ...]:
    newest = select(func.max(ident)).scalar_subquery()
    query = select(ident).where(*which, ident < newest).order_by(ident).limit(AT_ONCE)
    return tuple(await session.scalars(query))


async def _heard_in_vain(session: Session, before: date) -> tuple[tuple[int, datetime, int], ...]:
    """Stages that a later one of the same deadline followed, or whose deadline was moved. The
    last one of a deadline stays as long as its item: without it an OPD would hear it again."""
    later = aliased(Heard)
    is_followed = exists().where(
        later.item_id == Heard.item_id, later.due_at == Heard.due_at, later.stage > Heard.stage
    )
    is_moved = exists().where(Item.id == Heard.item_id, Item.due_at != Heard.due_at)
    query = select(Heard.item_id, Heard.due_at, Heard.stage)
    query = query.where(Heard.day < before, or_(is_followed, is_moved)).limit(AT_ONCE)
    return tuple((item, due, stage) for item, due, stage in await session.execute(query))


def _half_said_long_ago(now: datetime) -> ColumnElement[bool]:
    was_finished = Draft.outcome.in_((SAVED, ANSWERED))
    never_saved = and_(~was_finished, Draft.expires_at < now - DRAFTS)
    return or_(never_saved, Draft.expires_at < now - MESSAGES)


def _told_long_ago(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """But for the last one of each kind, fate and reader: the digest that a change is counted
    from, the reminder since which an instruction waits."""
    is_over = and_(Owed.not_before.is_(None), Owed.fate != Fate.CLAIMED)
    return Owed.made_at < now - MESSAGES, is_over, Owed.id.not_in(_last_of_each())


def _last_of_each() -> Select[int]:
    last = select(func.max(Owed.id))
    return last.group_by(Owed.kind, Owed.fate, Owed.opd_id, Owed.user_id)
