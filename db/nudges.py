"""A nudge to OPD with open items: once per OPD and working day, whoever sends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select

from config.calendar import Calendar
from db import audit, hearers
from db.act import Act
from db.chats import OpdFacts
from db.engine import Session
from db.models import OPEN, Item, Owed

KIND = "nudge"


@dataclass(frozen=True, slots=True)
class Nudged:
    """OPD by their codes: who hears now, who did already today, who has nothing open, and in
    which nobody can be told."""

    told: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    finished: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()


async def nudge(
    session: Session, act: Act, opds: Iterable[OpdFacts], calendar: Calendar, now: datetime
) -> Nudged:
    """A second arrival of the same message or press is told the same."""
    day = calendar.next_working_day_or_same(calendar.local(now).date())
    of_day = replace(act, source=f"nudge:{day}")
    found: dict[str, list[str]] = {"told": [], "before": [], "finished": [], "unheard": []}
    is_open = await _with_open_items(session)
    for opd in opds:
        if opd.id not in is_open:
            found["finished"].append(opd.code)
            continue
        facts = {"by": act.source, "tenure": act.tenure_id}
        is_new = await hearers.owe(session, of_day, KIND, opd.id, now, **facts)
        sent_by = [act.source] if is_new else await _by(session, opd.id, of_day.source)
        found[_outcome(act, sent_by)].append(opd.code)
        if is_new:
            await audit.record(session, act, KIND, opd.code, after={"day": str(day)})
    return Nudged(**{name: tuple(sorted(codes)) for name, codes in found.items()})


async def late_opd(session: Session, now: datetime) -> set[int]:
    """Those with an item past its deadline."""
    query = select(Item.opd_id).where(Item.state.in_(OPEN), Item.due_at < now).distinct()
    return set(await session.scalars(query))


def _outcome(act: Act, sent_by: list[str]) -> str:
    if not sent_by:
        return "unheard"
    return "told" if act.source in sent_by else "before"


async def _with_open_items(session: Session) -> set[int]:
    query = select(Item.opd_id).where(Item.state.in_(OPEN)).group_by(Item.opd_id)
    return set(await session.scalars(query.having(func.count() > 0)))


async def _by(session: Session, opd_id: int, source: str) -> list[str]:
    """The messages and presses that nudged this OPD on that day."""
    query = select(Owed.facts).where(Owed.kind == KIND, Owed.opd_id == opd_id)
    facts = await session.scalars(query)
    return [one["by"] for one in facts if one["act"] == source]
