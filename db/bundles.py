"""Items that one command adds to several OPD at once, and taking them back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from config.calendar import Calendar
from db import audit, heard, living, moot
from db.act import Act
from db.chats import OpdFacts
from db.drafts import NotTheAuthor
from db.due import Due
from db.engine import Session
from db.models import Bundle, Event, Item, Opd, State, Tenure
from db.refusal import Refusal
from db.reports.bundles import added_by, is_confirmed

ADD, DROP = "add", "drop"


class NoSuchBundle(Refusal):
    def __init__(self, bundle: int) -> None:
        self.bundle = bundle


class BundleConfirmed(Refusal):
    """An OPD has confirmed an item of it: too late to take the whole back."""

    def __init__(self, bundle: int) -> None:
        self.bundle = bundle


class BundleDropped(Refusal):
    """Nothing of it is left."""

    def __init__(self, bundle: int) -> None:
        self.bundle = bundle


async def add(
    session: Session,
    act: Act,
    calendar: Calendar,
    opd: Collection[OpdFacts],
    title: str,
    due: Due,
    now: datetime,
) -> int:
    """The bundle's id. Each OPD gets its next free number. A second arrival changes nothing."""
    if known := await added_by(session, act.source):
        return known
    due.must_be_after(now)
    bundle = await _bundle(session, act, title)
    last = await _last_numbers(session)
    items = [_item(one.id, last.get(one.id, 0) + 1, bundle, title, due) for one in opd]
    await _add(session, act, calendar, items, {one.id: one.code for one in opd}, now)
    return bundle.id


async def add_steps(
    session: Session,
    act: Act,
    calendar: Calendar,
    opd: OpdFacts,
    title: str,
    steps: Sequence[tuple[str, Due]],
    now: datetime,
) -> list[Item]:
    """One OPD gets several items, each with a title and a deadline of its own; `title`: of them
    all."""
    bundle = await _bundle(session, act, title)
    last = (await _last_numbers(session)).get(opd.id, 0)
    items = [_item(opd.id, last + n, bundle, *step) for n, step in enumerate(steps, 1)]
    await _add(session, act, calendar, items, {opd.id: opd.code}, now)
    return items


async def of_author(session: Session, bundle_id: int, user_id: int | None) -> Bundle:
    bundle = await session.get(Bundle, bundle_id)
    if bundle is None:
        raise NoSuchBundle(bundle_id)
    if await session.scalar(select(Tenure.user_id).where(Tenure.id == bundle.made_by)) != user_id:
        raise NotTheAuthor
    return bundle


async def undo(session: Session, act: Act, bundle_id: int) -> tuple[int, ...]:
    """Its author takes all of it back, as long as nobody has confirmed any of it. The OPD that
    lose an item; none on a second arrival."""
    bundle = await of_author(session, bundle_id, act.user_id)
    if bundle.undone_at:
        return ()
    if await is_confirmed(session, bundle_id):
        raise BundleConfirmed(bundle_id)
    query = select(Item).where(Item.bundle_id == bundle_id, Item.state != State.DROPPED)
    items = list(await session.scalars(query))
    if not items:
        raise BundleDropped(bundle_id)
    bundle.undone_at = act.at
    await audit.record(session, act, "undo", f"T{bundle_id}")
    await drop_all(session, act, items)
    return tuple(item.opd_id for item in items)


async def drop_all(session: Session, act: Act, items: Sequence[Item], note: str = "") -> None:
    """Their numbers are never used again."""
    query = select(Opd.id, Opd.code).where(Opd.id.in_({item.opd_id for item in items}))
    codes = dict((await session.execute(query.order_by(Opd.code))).all())
    before = {
        opd: {str(i.number): i.state.value for i in items if i.opd_id == opd} for opd in codes
    }
    for item in items:
        session.add(event(item, DROP, act, note, before=item.state.value))
        item.state = State.DROPPED
    for opd, code in codes.items():
        after = dict.fromkeys(before[opd], State.DROPPED.value)
        await audit.record(session, act, DROP, code, before[opd], after)
    await living.look_again(session, list(codes), act.at)
    await moot.lapse(session, act, [item.id for item in items])


def event(item: Item, verb: str, act: Act, note: str = "", **facts: Any) -> Event:
    return Event(
        item_id=item.id,
        verb=verb,
        at=act.at,
        tenure_id=act.tenure_id,
        source=act.source,
        note=note,
        facts=facts,
    )


async def _bundle(session: Session, act: Act, title: str) -> Bundle:
    bundle = Bundle(title=title, made_at=act.at, made_by=act.tenure_id)
    session.add(bundle)
    await session.flush()
    return bundle


async def _add(
    session: Session,
    act: Act,
    calendar: Calendar,
    items: Sequence[Item],
    codes: Mapping[int, str],
    now: datetime,
) -> None:
    session.add_all(items)
    await session.flush()
    session.add_all(event(item, ADD, act) for item in items)
    await heard.count_past(session, calendar, items, now)
    for item in items:
        due = Due(item.due_at, item.due_zone).as_facts()
        after = {"number": item.number, "item": item.id, "bundle": item.bundle_id, **due}
        await audit.record(session, act, ADD, codes[item.opd_id], after=after)


def _item(opd_id: int, number: int, bundle: Bundle, title: str, due: Due) -> Item:
    return Item(
        opd_id=opd_id,
        number=number,
        title=title,
        bundle_id=bundle.id,
        due_at=due.at,
        due_zone=due.zone,
        first_due_at=due.at,
    )


async def _last_numbers(session: Session) -> dict[int, int]:
    """The highest number each OPD ever had: what was dropped keeps its own."""
    query = select(Item.opd_id, func.max(Item.number)).group_by(Item.opd_id)
    return dict((await session.execute(query)).all())
