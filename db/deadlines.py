"""Moving deadlines and dropping items: of one OPD, of a bundle, of a programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, select

from config.calendar import Calendar
from db import audit, heard, living, moot
from db.act import Act
from db.bundles import DROP, NoSuchBundle, drop_all, event
from db.due import Due
from db.engine import Session
from db.models import CONFIRMED, OPEN, Bundle, Event, Indicator, Item, Opd, Programme, State
from db.refusal import Refusal
from db.reports.changes import Change, Left, Line

MOVE = "move"
Seen = Mapping[str, str]  # the items of a preview by id, and the state each was in


class NoSuchProgramme(Refusal):
    def __init__(self, code: str) -> None:
        self.code = code


class NothingToChange(Refusal):
    """Not one of the items meant can be moved or dropped. `change.left` says why."""

    def __init__(self, change: Change) -> None:
        self.change = change


@dataclass(frozen=True, slots=True)
class Scope:
    """What is meant: numbers of an OPD, or a bundle, or a programme. Drafts keep it."""

    opd: str = ""
    numbers: tuple[int, ...] = ()
    bundle: int = 0
    programme: str = ""

    @property
    def label(self) -> str:
        return self.opd or self.programme or f"T{self.bundle}"

    def as_facts(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        return cls(**{**facts, "numbers": tuple(facts["numbers"])})

    @property
    def where(self) -> ColumnElement[bool]:
        if self.opd:
            return Item.number.in_(self.numbers) & (Opd.code == self.opd)
        if self.programme:
            of_it = select(Indicator.id).join(Programme).where(Programme.code == self.programme)
            return Item.indicator_id.in_(of_it)
        return Item.bundle_id == self.bundle


async def look(session: Session, scope: Scope, verb: str, due: Due | None = None) -> Change:
    """What a move or drop would do now. NothingToChange where it would do nothing."""
    await _must_exist(session, scope)
    rows = await _rows(session, scope)
    lines = [_line(item, code, why_not(item, verb, due)) for item, code in rows if _is_there(item)]
    known = {item.number for item, _ in rows if _is_there(item)}
    missing = sorted(set(scope.numbers) - known)
    change = Change.of(scope.label, [*lines, *(_gone(scope.opd, n) for n in missing)])
    if not change.lines:
        raise NothingToChange(change)
    return change


async def move(
    session: Session,
    act: Act,
    calendar: Calendar,
    scope: Scope,
    seen: Seen,
    due: Due,
    note: str,
    now: datetime,
) -> tuple[int, ...]:
    """Move what was previewed and may still be moved. The OPD concerned."""
    if done := await _done_by(session, act, MOVE):
        return done
    due.must_be_after(now)
    items = await _still(session, scope, seen, MOVE, due)
    await _record_move(session, act, items, due)
    for item, _ in items:
        before = Due(item.due_at, item.due_zone).as_facts()
        session.add(event(item, MOVE, act, note, before=before, after=due.as_facts()))
        item.move(due.at, due.zone)
    await moot.lapse(session, act, [item.id for item, _ in items])
    await heard.count_past(session, calendar, [item for item, _ in items], now)
    return _opd_of([item for item, _ in items])


async def drop(session: Session, act: Act, scope: Scope, seen: Seen, note: str) -> tuple[int, ...]:
    """Drop what was previewed, but for what was confirmed since. The OPD concerned."""
    if done := await _done_by(session, act, DROP):
        return done
    items = [item for item, _ in await _still(session, scope, seen, DROP)]
    await drop_all(session, act, items, note)
    return _opd_of(items)


async def left_out(session: Session, scope: Scope, seen: Seen, source: str) -> tuple[Left, ...]:
    """What a saved preview showed and its saving did not touch, with the reason of today."""
    query = select(Event.item_id).where(Event.source == source, Event.verb.in_((MOVE, DROP)))
    done = set(await session.scalars(query))
    rows = [(i, code) for i, code in await _rows(session, scope) if str(i.id) in seen]
    lines = [_line(i, code, _why(i) or "same") for i, code in rows if i.id not in done]
    return Change.of(scope.label, lines).left


def why_not(item: Item, verb: str, due: Due | None = None, seen: str = "") -> str:
    """Why an item stays as it is; empty if it can be moved or dropped. `seen`: its state when it
    was previewed. What is confirmed keeps its deadline, and may be dropped knowingly only."""
    if verb == MOVE:
        is_same = due and (item.due_at, item.due_zone) == (due.at, due.zone)
        return _why(item) or ("same" if is_same else "")
    is_news = item.state in CONFIRMED and bool(seen) and seen not in CONFIRMED
    return item.state.value if item.state is State.DROPPED or is_news else ""


def _why(item: Item) -> str:
    return "" if item.state in OPEN else item.state.value


async def _still(
    session: Session, scope: Scope, seen: Seen, verb: str, due: Due | None = None
) -> list[tuple[Item, str]]:
    """Of what was previewed, what may still be changed; NothingToChange if none of it."""
    rows = [(i, code) for i, code in await _rows(session, scope) if str(i.id) in seen]
    whys = {i.id: why_not(i, verb, due, seen[str(i.id)]) for i, _ in rows}
    found = [(i, code) for i, code in rows if not whys[i.id]]
    if not found:
        raise NothingToChange(Change.of(scope.label, [_line(i, c, whys[i.id]) for i, c in rows]))
    return found


async def _rows(session: Session, scope: Scope) -> list[tuple[Item, str]]:
    query = select(Item, Opd.code).join(Opd, Opd.id == Item.opd_id).where(scope.where)
    rows = await session.execute(query.order_by(Opd.code, Item.number))
    return [(item, code) for item, code in rows]


async def _must_exist(session: Session, scope: Scope) -> None:
    if scope.bundle and await session.get(Bundle, scope.bundle) is None:
        raise NoSuchBundle(scope.bundle)
    known = select(Programme.id).where(Programme.code == scope.programme)
    if scope.programme and await session.scalar(known) is None:
        raise NoSuchProgramme(scope.programme)


async def _done_by(session: Session, act: Act, verb: str) -> tuple[int, ...]:
    """The OPD whose items this very message changed before."""
    query = select(Item.opd_id).join(Event, Event.item_id == Item.id).distinct()
    query = query.where(Event.verb == verb, Event.source == act.source)
    return tuple(await session.scalars(query))


async def _record_move(
    session: Session, act: Act, items: Sequence[tuple[Item, str]], due: Due
) -> None:
    before: dict[str, dict[str, str]] = {}
    for item, code in items:
        before.setdefault(code, {})[str(item.number)] = item.due_at.isoformat()
    for code, earlier in before.items():
        await audit.record(session, act, MOVE, code, earlier, due.as_facts())
    await living.look_again_for(session, [item.id for item, _ in items], act.at)


def _opd_of(items: Sequence[Item]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(item.opd_id for item in items))


def _is_there(item: Item) -> bool:
    return item.state is not State.DROPPED


def _line(item: Item, code: str, why: str) -> Line:
    due = Due(item.due_at, item.due_zone)
    return Line(code, item.number, item.title, item.id, item.state, due, why)


def _gone(code: str, number: int) -> Line:
    return Line(code, number, why="missing")
