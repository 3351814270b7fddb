"""A later deadline: an OPD asks for it with a reason, and whoever decides first decides."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select

from config.calendar import Calendar
from db import audit, chats, deadlines, living, moot
from db.act import Act
from db.deadlines import Scope
from db.due import Due
from db.engine import Session
from db.models import OPEN, Extension, Item
from db.refusal import Refusal

ASK, GRANT, REFUSE = "ask_later", "grant", "refuse"
OUTCOME = {GRANT: "granted", REFUSE: "refused"}


class NotLater(Refusal):
    """What is asked for is not after the deadline there is."""

    def __init__(self, number: int, due: Due) -> None:
        self.number, self.due = number, due


class AlreadyAsked(Refusal):
    """One request at a time."""

    def __init__(self, number: int, due: Due) -> None:
        self.number, self.due = number, due


class NoSuchExtension(Refusal):
    """Nobody asked for it; the button is forged."""


async def asked_by(session: Session, source: str) -> int | None:
    """The request of this very message."""
    return await session.scalar(select(Extension.id).where(Extension.source == source))


async def ask(session: Session, act: Act, item: Item, due: Due, reason: str, now: datetime) -> int:
    """Its id. What was asked before and can be granted no more is moot, for good."""
    if due.at <= item.due_at:
        raise NotLater(item.number, Due(item.due_at, item.due_zone))
    await _make_room(session, act, item, now)
    made = Extension(
        item_id=item.id,
        at=act.at,
        tenure_id=act.tenure_id,
        source=act.source,
        was_due_at=item.due_at,
        was_due_zone=item.due_zone,
        due_at=due.at,
        due_zone=due.zone,
        reason=reason,
    )
    session.add(made)
    await session.flush()
    before = Due(item.due_at, item.due_zone).as_facts()
    after = {"item": item.id, **due.as_facts()}
    await audit.record(session, act, ASK, f"extension:{made.id}", before, after)
    await living.look_again_for(session, [item.id], act.at)
    return made.id


async def decide(
    session: Session, act: Act, calendar: Calendar, extension: int, verb: str, now: datetime
) -> bool:
    """GRANT moves the item's deadline, REFUSE leaves it. True for whoever decided, also when the
    same press arrives again; False where it was decided before, or waits no more."""
    asked = await _found(session, extension)
    if asked.decided_in == act.source:
        return True
    query = select(Extension.id).join(Extension.item).where(Extension.id == extension, waits(now))
    if await session.scalar(query) is None:
        return False
    asked.outcome, asked.decided_in = OUTCOME[verb], act.source
    asked.decided_at, asked.decided_by = act.at, act.tenure_id
    subject = f"extension:{extension}"
    await audit.record(session, act, verb, subject, after={"outcome": asked.outcome})
    await living.look_again_for(session, [asked.item_id], act.at)
    if verb == GRANT:
        await _move(session, act, calendar, asked, now)
    return True


def waits(now: datetime) -> ColumnElement[bool]:
    """Of extensions joined with their items: whether one can still be granted. Nobody decided it,
    it is not moot, and the date asked for is still to come."""
    return and_(
        Extension.outcome == "",
        Extension.due_at > now,
        Extension.due_at > Item.due_at,
        Item.state.in_(OPEN),
    )


async def _make_room(session: Session, act: Act, item: Item, now: datetime) -> None:
    query = select(Extension).join(Extension.item).where(Extension.item_id == item.id, waits(now))
    if earlier := await session.scalar(query):
        raise AlreadyAsked(item.number, Due(earlier.due_at, earlier.due_zone))
    await moot.lapse(session, act, [item.id])


async def _move(
    session: Session, act: Act, calendar: Calendar, asked: Extension, now: datetime
) -> None:
    item = await session.get_one(Item, asked.item_id)
    opd = await chats.by_id(session, item.opd_id)
    scope, seen = Scope(opd=opd.code, numbers=(item.number,)), {str(item.id): item.state.value}
    due = Due(asked.due_at, asked.due_zone)
    await deadlines.move(session, act, calendar, scope, seen, due, asked.reason, now)


async def _found(session: Session, extension: int) -> Extension:
    found = await session.get(Extension, extension)
    if found is None:
        raise NoSuchExtension
    return found
