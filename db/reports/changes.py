"""What adding, moving and dropping does to items: as a preview, a receipt, or an OPD's notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from db import owed
from db.due import Due
from db.engine import Session
from db.models import CONFIRMED, Event, Item, Opd, Owed, State


@dataclass(frozen=True, slots=True)
class Line:
    """One item, and its deadline before the change. `why`: what keeps it as it is, if anything:
    a state, `same` (the deadline is that already), or `missing`."""

    opd: str
    number: int
    title: str = ""
    item_id: int = 0
    state: State | None = None
    due: Due | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """Items that stay as they are, for one reason."""

    why: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """`label`: T12, a programme, an OPD. `lines`: what changes, by OPD and number. `due`: to
    when. `by`: the tenure under which it was done."""

    label: str
    lines: tuple[Line, ...]
    left: tuple[Left, ...] = ()
    due: Due | None = None
    note: str = ""
    by: int | None = None

    @classmethod
    def of(cls, label: str, lines: Iterable[Line]) -> Change:
        by_why = sorted(lines, key=lambda line: line.why)  # stable: OPD and number stay in order
        parts = {why: tuple(of_it) for why, of_it in groupby(by_why, key=lambda line: line.why)}
        left = tuple(Left(why, of_it) for why, of_it in parts.items() if why)
        return cls(label, parts.get("", ()), left)

    @property
    def opd(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.opd for line in self.lines))

    @property
    def title(self) -> str:
        """The one that all items share, if they do."""
        titles = {line.title for line in self.lines}
        return titles.pop() if len(titles) == 1 else ""

    @property
    def deadlines(self) -> tuple[tuple[Due, int], ...]:
        """The different deadlines before, and how many items have each; soonest first."""
        return tuple(sorted(Counter(line.due for line in self.lines if line.due).items()))

    @property
    def numbers(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Each item number, and the OPD where it is that; for a bundle, whose titles are one."""
        found: dict[int, list[str]] = {}
        for line in self.lines:
            found.setdefault(line.number, []).append(line.opd)
        return tuple((number, tuple(codes)) for number, codes in sorted(found.items()))

    @property
    def confirmed(self) -> int:
        """How many of the items are confirmed."""
        return sum(line.state in CONFIRMED for line in self.lines)

    @property
    def seen(self) -> dict[str, str]:
        """For a draft: the items by id, and the state each is in."""
        return {str(line.item_id): line.state.value for line in self.lines if line.state}


async def made(session: Session, verb: str, source: str) -> Change:
    """What one message did, in all OPD; a move shows the deadlines as they were."""
    return _change([*await _rows(session, verb, source)])


async def standing(session: Session, verb: str, source: str, opd_id: int) -> Change:
    """What one message did in one OPD, as far as nothing has changed it since."""
    rows = await _rows(session, verb, source, opd_id)
    return _change([(i, e, code) for i, e, code in rows if _stands(i, e)])


async def arrived(session: Session, kind: str, opd_id: int, source: str) -> bool:
    """Whether the OPD was told, or perhaps was."""
    query = select(Owed.id).where(
        Owed.kind == kind,
        Owed.opd_id == opd_id,
        Owed.key.startswith(f"{kind}:{opd_id}:{source}", autoescape=True),
        Owed.fate.in_(owed.ARRIVED),
    )
    return await session.scalar(query.limit(1)) is not None


async def _rows(
    session: Session, verb: str, source: str, opd_id: int | None = None
) -> list[tuple[Item, Event, str]]:
    query = (
        select(Item, Event, Opd.code)
        .join(Event, Event.item_id == Item.id)
        .join(Opd, Opd.id == Item.opd_id)
        .where(Event.verb == verb, Event.source == source)
        .order_by(Opd.code, Item.number)
    )
    if opd_id is not None:
        query = query.where(Item.opd_id == opd_id)
    return [(item, event, code) for item, event, code in (await session.execute(query))]


def _change(rows: list[tuple[Item, Event, str]]) -> Change:
    if not rows:
        return Change("", ())
    item, event, _ = rows[0]
    after = event.facts.get("after")
    due = Due.from_facts(after) if after else Due(item.due_at, item.due_zone)
    lines = tuple(_line(*row) for row in rows)
    return Change("", lines, (), due, event.note, event.tenure_id)


def _line(item: Item, event: Event, code: str) -> Line:
    before = event.facts.get("before")
    was = Due.from_facts(before) if isinstance(before, dict) else Due(item.due_at, item.due_zone)
    return Line(code, item.number, item.title, item.id, item.state, was)


def _stands(item: Item, event: Event) -> bool:
    match event.verb:
        case "drop":
            return item.state is State.DROPPED
        case "move":
            is_there = Due.from_facts(event.facts["after"]).at == item.due_at
            return item.state is not State.DROPPED and is_there
        case _:
            return item.state is not State.DROPPED
