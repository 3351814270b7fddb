"""Complaints from SP4N-LAPOR: two items each, to verify it and to answer it.

Two, because they are two acts with a deadline each, which are confirmed, reminded of and escalated
on their own. Both from the start, because an OPD that sees both dates on the first day can plan;
the days to answer therefore count from the last day of verifying, whenever it was verified. They
are rolling: they count from the day on which the complaint came in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import ColumnElement, delete, select

from config.calendar import Calendar
from config.sp4n import Kind
from db import audit, bundles
from db.act import Act
from db.chats import OpdFacts, facts_of
from db.due import Due
from db.engine import Session
from db.models import Complaint, Item, Opd, State
from db.reports.bundles import added_by
from db.reports.items import ItemFacts
from db.reports.items import facts_of as item_facts

VERIFY, ANSWER = "verify", "answer"
STEPS = (VERIFY, ANSWER)
COMPLAIN = "complain"
LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """A complaint as it stands, and its items by their deadlines; dropped ones are not there."""

    kind: str
    reference: str
    opd: OpdFacts
    bundle: int
    source: str
    items: tuple[ItemFacts, ...]


async def add(
    session: Session,
    act: Act,
    calendar: Calendar,
    opd: OpdFacts,
    kind: Kind,
    reference: str,
    titles: Mapping[str, str],
    now: datetime,
) -> bool:
    """False where the reference is known, whatever its OPD and kind, or where this very message
    was heard before: nothing is changed. One whose items were all dropped may come again.
    `titles`: of the whole (under an empty name), and of each step."""
    if await standing(session, reference) or await added_by(session, act.source):
        return False
    await session.execute(delete(Complaint).where(Complaint.reference == reference))
    dues = due_days(calendar, kind, act.at)
    steps = [(titles[step], dues[step]) for step in STEPS]
    items = await bundles.add_steps(session, act, calendar, opd, titles[""], steps, now)
    session.add_all(
        Complaint(item_id=i.id, kind=kind.name, reference=reference, step=s, source=act.source)
        for i, s in zip(items, STEPS, strict=True)
    )
    after = {"opd": opd.code, "kind": kind.name, "bundle": items[0].bundle_id}
    await audit.record(session, act, COMPLAIN, f"aduan:{reference}", after=after)
    return True


def due_days(calendar: Calendar, kind: Kind, at: datetime) -> dict[str, Due]:
    """Until the end of a working day, counted from the day on which it came."""
    first = calendar.add_working_days(calendar.local(at).date(), kind.verify)
    last = calendar.add_working_days(first, kind.answer)
    zone = calendar.zone
    ends = (datetime.combine(day, LAST_MINUTE, zone) for day in (first, last))
    return {step: Due(end, zone.key) for step, end in zip(STEPS, ends, strict=True)}


async def standing(session: Session, reference: str) -> ComplaintFacts | None:
    """A complaint of which something is left."""
    return await _facts(session, Complaint.reference == reference)


async def of_bundle(session: Session, bundle: int) -> ComplaintFacts | None:
    return await _facts(session, Item.bundle_id == bundle)


async def _facts(session: Session, which: ColumnElement[bool]) -> ComplaintFacts | None:
    query = select(Complaint, Item, Opd).join(Item, Item.id == Complaint.item_id)
    query = query.join(Opd, Opd.id == Item.opd_id).where(which, Item.state != State.DROPPED)
    rows = list(await session.execute(query.order_by(Item.due_at, Item.number)))
    if not rows:
        return None
    complaint, item, opd = rows[0]
    assert item.bundle_id, "complaints are bundles"
    return ComplaintFacts(
        kind=complaint.kind,
        reference=complaint.reference,
        opd=facts_of(opd),
        bundle=item.bundle_id,
        source=complaint.source,
        items=tuple(item_facts(i) for _, i, _ in rows),
    )
