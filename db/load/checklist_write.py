"""Write down what a checklist's file asks for: few statements, however many OPD there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from config.calendar import Calendar
from db import audit, heard, living, moot
from db.act import Act
from db.bundles import ADD, event
from db.deadlines import MOVE
from db.due import Due
from db.engine import Session
from db.load import notices
from db.load.checklist_rows import IndicatorRow
from db.models import Indicator, Item, Opd, Programme

EMPTY: dict[str, Any] = {
    "code": "", "aspect": "", "aspect_weight": 0, "weight_in_aspect": 0, "evidence": "",
    "evidence_form": "", "evidence_freshness": "", "lead_time": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """What one row asks for. `adds`: for whom, and the number there; `moves`: the items that
    get the row's deadline. The rest count the items that are left alone, and why."""

    row: IndicatorRow
    indicator: Indicator | None
    changes: dict[str, str | int]
    adds: Sequence[tuple[Opd, int]]
    moves: Sequence[Item]
    by_hand: int
    confirmed: int
    dropped: int


async def write(
    session: Session, act: Act, calendar: Calendar, code: str, steps: Sequence[Step]
) -> None:
    programme = await _programme(session, code)
    indicators = await _indicators(session, act, programme, steps)
    added = [
        _item(indicator, opd, number, step.row)
        for step, indicator in zip(steps, indicators, strict=True)
        for opd, number in step.adds
    ]
    session.add_all(added)
    await _record_added(session, act, code, steps)
    await _move(session, act, code, steps)
    moved = [item for step in steps for item in step.moves]
    await session.flush()
    session.add_all(event(item, ADD, act) for item in added)
    await heard.count_past(session, calendar, [*added, *moved], act.at)
    await notices.owe(session, act, code, {item.opd_id for item in [*added, *moved]})


async def _programme(session: Session, code: str) -> Programme:
    if found := await session.scalar(select(Programme).where(Programme.code == code)):
        return found
    session.add(made := Programme(code=code))
    await session.flush()
    return made


async def _indicators(
    session: Session, act: Act, programme: Programme, steps: Sequence[Step]
) -> list[Indicator]:
    """One for each step, in order."""
    new = {
        step.row.number: Indicator(
            programme_id=programme.id, number=step.row.number, **(EMPTY | step.row.says)
        )
        for step in steps
        if step.indicator is None
    }
    session.add_all(new.values())
    if new:
        await audit.record(
            session, act, "programme_extended", programme.code, after={"numbers": sorted(new)}
        )
    await _change(session, act, programme, [step for step in steps if step.changes])
    return [step.indicator or new[step.row.number] for step in steps]


async def _change(session: Session, act: Act, programme: Programme, steps: Sequence[Step]) -> None:
    """The indicator's words and weights are its items' too; their states are not touched."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for step in steps:
        indicator, number = step.indicator, str(step.row.number)
        assert indicator, "only what is there can change"
        before[number] = {name: getattr(indicator, name) for name in step.changes}
        after[number] = step.changes
        for name, value in step.changes.items():
            setattr(indicator, name, value)
        texts = {"title": indicator.title, "evidence": indicator.evidence}
        await session.execute(
            update(Item)
            .where(Item.indicator_id == indicator.id)
            .values(**texts, weight=indicator.weight)
        )
    if before:
        await audit.record(session, act, "programme_changed", programme.code, before, after)


def _item(indicator: Indicator, opd: Opd, number: int, row: IndicatorRow) -> Item:
    return Item(
        opd_id=opd.id,
        number=number,
        title=indicator.title,
        weight=indicator.weight,
        evidence=indicator.evidence,
        indicator_id=indicator.id,
        due_at=row.due.at,
        due_zone=row.due.zone,
        first_due_at=row.due.at,
    )


async def _record_added(session: Session, act: Act, code: str, steps: Sequence[Step]) -> None:
    by_opd = defaultdict[str, list[int]](list)
    for step in steps:
        for opd, number in step.adds:
            by_opd[opd.code].append(number)
    for opd_code, numbers in by_opd.items():
        facts = {"programme": code, "numbers": sorted(numbers)}
        await audit.record(session, act, ADD, opd_code, after=facts)


async def _move(session: Session, act: Act, code: str, steps: Sequence[Step]) -> None:
    """Not Item.move: a deadline that the programme moved is one that nobody moved by hand."""
    before = defaultdict[int, dict[str, str]](dict)
    after = defaultdict[int, dict[str, str]](dict)
    for step in steps:
        for item in step.moves:
            before[item.opd_id][str(item.number)] = item.due_at.isoformat()
            after[item.opd_id][str(item.number)] = step.row.due.at.isoformat()
            was, due = Due(item.due_at, item.due_zone), step.row.due
            session.add(event(item, MOVE, act, before=was.as_facts(), after=due.as_facts()))
            item.due_at, item.due_zone = due.at, due.zone
    query = select(Opd.id, Opd.code).where(Opd.id.in_(before)).order_by(Opd.code)
    for opd_id, opd_code in await session.execute(query):
        await audit.record(session, act, MOVE, opd_code, before[opd_id], after[opd_id])
    await living.look_again(session, list(before), act.at)
    await moot.lapse(session, act, [item.id for step in steps for item in step.moves])
