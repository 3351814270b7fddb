"""A checklist from a file: compared with what each OPD has, then added or brought up to date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from sqlalchemy import select

from config.calendar import Calendar
from db.act import Act
from db.due import Due
from db.engine import Session
from db.load import checklist_rows, checklist_write
from db.load.checklist_rows import COLUMNS, IndicatorRow, ReadDue, wrong_line
from db.load.checklist_write import Step
from db.load.numbering import Numbering, ranges
from db.load.shown import Line, Outcome, Report, plain
from db.load.tables import Table
from db.models import COUNTED, Indicator, Item, Opd, Programme, State


class NoSuchOpd(Exception):
    """Says which OPD or kinds were asked for and are not there."""


@dataclass(frozen=True, slots=True)
class Wish:
    """`opd` and `kinds`: only those; empty, all. `force`: dates gone by are meant."""

    programme: str
    due: Due | None = None
    opd: Collection[str] = ()
    kinds: Collection[str] = ()
    force: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the city has of the programme, and the chosen OPD have of anything."""

    opd: Sequence[Opd]
    indicators: dict[int, Indicator] = field(default_factory=dict)
    items: dict[int, list[Item]] = field(default_factory=lambda: defaultdict(list))
    numbering: dict[int, Numbering] = field(default_factory=dict)


async def load(
    session: Session,
    act: Act,
    calendar: Calendar,
    table: Table,
    wish: Wish,
    read_due: ReadDue,
    *,
    save: bool = True,
) -> Report:
    """Every row as new, changed, same or wrong; with a wrong one, or without `save`, nothing
    is written. Unreadable when a column is missing, NoSuchOpd when an OPD is."""
    rows, wrong = checklist_rows.read(table, wish.due, read_due)
    known = await _known(session, wish)
    steps = [_step(row, known) for row in rows]
    lines = [_judge(step, act, wish) for step in steps]
    report = Report(
        tuple(sorted([*lines, *wrong], key=lambda line: line.line)),
        tuple(chain(table.ignored(COLUMNS), _numbers(known, steps), _vanished(known, rows, wrong))),
    )
    if save and not report.is_wrong:
        await checklist_write.write(session, act, calendar, wish.programme, steps)
    return report


async def _known(session: Session, wish: Wish) -> Known:
    known = Known(await _chosen(session, wish))
    of_programme = select(Indicator).join(Indicator.programme)
    found = await session.scalars(of_programme.where(Programme.code == wish.programme))
    known.indicators.update((indicator.number, indicator) for indicator in found)
    ours = {indicator.id: number for number, indicator in known.indicators.items()}
    all_items = await session.scalars(
        select(Item).where(Item.opd_id.in_([opd.id for opd in known.opd])).order_by(Item.opd_id)
    )
    by_opd = defaultdict[int, list[Item]](list)
    for item in all_items:
        by_opd[item.opd_id].append(item)
        if item.indicator_id in ours:
            known.items[ours[item.indicator_id]].append(item)
    for opd in known.opd:
        own = [(i.number, ours[i.indicator_id]) for i in by_opd[opd.id] if i.indicator_id in ours]
        known.numbering[opd.id] = Numbering([i.number for i in by_opd[opd.id]], own)
    return known


async def _chosen(session: Session, wish: Wish) -> list[Opd]:
    every = list(await session.scalars(select(Opd).order_by(Opd.code)))
    codes, kinds = {opd.code for opd in every}, {opd.kind for opd in every}
    if wish.programme in codes:
        raise NoSuchOpd(f"{wish.programme} is an OPD: call the programme otherwise")
    if strange := [f"OPD {c}" for c in wish.opd if c not in codes]:
        raise NoSuchOpd(f"there is no {', '.join(strange)}")
    if strange := [f"OPD of kind {k}" for k in wish.kinds if k not in kinds]:
        raise NoSuchOpd(f"there is no {', '.join(strange)}")
    chosen = [
        opd
        for opd in every
        if (not wish.opd or opd.code in wish.opd) and (not wish.kinds or opd.kind in wish.kinds)
    ]
    if not chosen:
        raise NoSuchOpd("there is no such OPD yet: import opd comes first")
    return chosen


def _step(row: IndicatorRow, known: Known) -> Step:
    indicator, items = known.indicators.get(row.number), known.items[row.number]
    have = {item.opd_id for item in items}
    other = [i for i in items if i.state in COUNTED and i.due_at != row.due.at]
    moves = [item for item in other if item.is_open and not item.moved_by_hand]
    return Step(
        row=row,
        indicator=indicator,
        changes=_changes(indicator, row) if indicator else {},
        adds=[
            (opd, known.numbering[opd.id].give(row.number))
            for opd in known.opd
            if opd.id not in have
        ],
        moves=moves,
        confirmed=sum(not item.is_open for item in other),
        by_hand=sum(item.is_open and item.moved_by_hand for item in other),
        dropped=sum(item.state is State.DROPPED for item in items),
    )


def _changes(indicator: Indicator, row: IndicatorRow) -> dict[str, str | int]:
    return {f: new for f, new in row.says.items() if getattr(indicator, f) != new}


def _judge(step: Step, act: Act, wish: Wish) -> Line:
    row = step.row
    sets_deadline = bool(step.adds or step.moves)
    if sets_deadline and row.due.at <= act.at and not wish.force:
        why = f"the due date {row.due.at:%Y-%m-%d} is past: --force if that is meant"
        return wrong_line(row.line, str(row.number), row.title, why)
    outcome = Outcome.SAME
    if step.changes or step.moves:
        outcome = Outcome.CHANGED
    if step.indicator is None or step.adds:
        outcome = Outcome.NEW
    return Line(row.line, outcome, str(row.number), plain(row.title), "; ".join(_details(step)))


def _details(step: Step) -> Iterable[str]:
    if step.adds:
        yield f"{_items(len(step.adds))} added"
    for name, new in step.changes.items():
        yield f"{name}: {_value(getattr(step.indicator, name))} → {_value(new)}"
    if step.moves:
        yield f"deadline of {_items(len(step.moves))} moved"
    if step.by_hand:
        yield f"deadline of {_items(step.by_hand)} moved by hand stays"
    if step.confirmed:
        yield f"deadline of {_items(step.confirmed)} confirmed stays"
    if step.dropped:
        yield f"{_items(step.dropped)} dropped, and left so"


def _items(n: int) -> str:
    return f"{n} item" if n == 1 else f"{n} items"


def _value(value: str | int) -> str:
    """Weights are whole hundredths; an empty text is shown as such."""
    if isinstance(value, int):
        return f"{value / 100:g} %"
    return plain(value, 40) or "(empty)"


def _numbers(known: Known, steps: Sequence[Step]) -> Iterable[str]:
    """Where items got other numbers than the file's, which."""
    given = defaultdict[str, list[int]](list)
    for opd, number in chain.from_iterable(step.adds for step in steps):
        if known.numbering[opd.id].differs:
            given[opd.code].append(number)
    groups = defaultdict[str, list[str]](list)
    for code, numbers in given.items():
        groups[ranges(numbers)].append(code)
    for which, codes in groups.items():
        whom = "every OPD" if len(codes) == len(known.opd) > 1 else ", ".join(codes)
        yield f"numbers {which}: {whom}"


def _vanished(known: Known, rows: Sequence[IndicatorRow], wrong: Sequence[Line]) -> Iterable[str]:
    gone = known.indicators.keys() - {row.number for row in rows}
    if gone and not wrong:
        yield f"no longer in the file, and left as they are: {ranges(gone)}"
