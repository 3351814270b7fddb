"""The table behind the digest, and how ready each OPD is. Readiness is the weighted share of what
was confirmed, by the programme's official weights: never the evaluator's index."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, true

from db.engine import Session
from db.models import CONFIRMED, COUNTED, OPEN, Indicator, Item, Opd, State

PER_PAGE = 50
GAINS = 5
QUICK = ("cepat", "sedang", "lama")  # lead times, as they begin in the programme's file


@dataclass(frozen=True, slots=True)
class Counts:
    """Of items that count. `weight`, `ready`: hundredths of a per cent, of all and of those that
    were confirmed."""

    total: int = 0
    confirmed: int = 0
    verified: int = 0
    late: int = 0
    unproven: int = 0
    weight: int = 0
    ready: int = 0

    @property
    def readiness(self) -> int | None:
        """Hundredths of a per cent; None where nothing has a weight."""
        return self.ready * 10_000 // self.weight if self.weight else None


@dataclass(frozen=True, slots=True)
class Row:
    """An OPD's, or an aspect's: `share` is then its part of the programme, in hundredths of a per
    cent."""

    name: str
    counts: Counts
    share: int = 0


@dataclass(frozen=True, slots=True)
class Recap:
    """One page of the OPD, those with most that is late first, then the least ready; and the sum
    of all."""

    rows: tuple[Row, ...]
    sum: Counts
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Gain:
    """An indicator that OPD have not confirmed. `missing`: how many; `numbers`: of the items, where
    one OPD is asked about."""

    title: str
    lead_time: str
    weight: int
    missing: int
    number: int

    @property
    def worth(self) -> int:
        return self.weight * self.missing


@dataclass(frozen=True, slots=True)
class Readiness:
    """Of one OPD, or of the whole city."""

    counts: Counts
    aspects: tuple[Row, ...]
    gains: tuple[Gain, ...]


async def recap(session: Session, number: int, now: datetime) -> Recap:
    """Page `number`, from 1; the last one where there are fewer."""
    query = select(Opd.code, *_counts(now))
    query = query.outerjoin(Item, and_(Item.opd_id == Opd.id, Item.state.in_(COUNTED)))
    found = await session.execute(query.group_by(Opd.id))
    rows = sorted((Row(code, Counts(*counts)) for code, *counts in found), key=_trouble_first)
    pages = max(1, -(-len(rows) // PER_PAGE))
    number = min(max(1, number), pages)
    shown = rows[(number - 1) * PER_PAGE : number * PER_PAGE]
    return Recap(tuple(shown), await _sum(session, now), number, pages)


def _trouble_first(row: Row) -> tuple[int, float, str]:
    ready = row.counts.readiness
    return -row.counts.late, math.inf if ready is None else ready, row.name


async def readiness(session: Session, now: datetime, opd_id: int | None = None) -> Readiness:
    """By aspects, the heaviest first; and what would gain most next, the quick ones first."""
    mine = Item.opd_id == opd_id if opd_id else true()
    counts = await _sum(session, now, mine)
    return Readiness(counts, await _aspects(session, now, mine), await _gains(session, mine))


async def _sum(session: Session, now: datetime, mine: ColumnElement[bool] | None = None) -> Counts:
    query = select(*_counts(now)).where(Item.state.in_(COUNTED))
    row = (await session.execute(query.where(true() if mine is None else mine))).one()
    return Counts(*tuple(row))


async def _aspects(session: Session, now: datetime, mine: ColumnElement[bool]) -> tuple[Row, ...]:
    query = select(Indicator.aspect, func.max(Indicator.aspect_weight), *_counts(now))
    query = query.join(Item, Item.indicator_id == Indicator.id)
    query = query.where(mine, Item.state.in_(COUNTED), Item.weight > 0)
    query = query.group_by(Indicator.aspect).order_by(func.max(Indicator.aspect_weight).desc())
    rows = await session.execute(query.order_by(Indicator.aspect))
    return tuple(Row(aspect, Counts(*counts), share) for aspect, share, *counts in rows)


async def _gains(session: Session, mine: ColumnElement[bool]) -> tuple[Gain, ...]:
    weight, missing = func.max(Item.weight), func.count(Item.id)
    query = select(Indicator.title, Indicator.lead_time, weight, missing, func.min(Item.number))
    query = query.join(Item, Item.indicator_id == Indicator.id)
    query = query.where(mine, Item.state.in_(OPEN), Item.weight > 0).group_by(Indicator.id)
    gains = [Gain(*row) for row in await session.execute(query)]
    gains.sort(key=lambda g: (_quickness(g.lead_time), -g.worth, g.number))
    return tuple(gains[:GAINS])


def _quickness(lead_time: str) -> int:
    return next((n for n, word in enumerate(QUICK) if lead_time.startswith(word)), len(QUICK))


def _counts(now: datetime) -> tuple[ColumnElement[int], ...]:
    """In the order of Counts."""
    confirmed = Item.state.in_(CONFIRMED)
    late = and_(Item.state.in_(OPEN), Item.due_at < now)
    bare = and_(confirmed, Item.evidence != "", Item.has_evidence.is_(False))
    return (
        func.count(Item.id),
        func.count(Item.id).filter(confirmed),
        func.count(Item.id).filter(Item.state == State.VERIFIED),
        func.count(Item.id).filter(late),
        func.count(Item.id).filter(bare),
        func.coalesce(func.sum(Item.weight), 0),
        func.coalesce(func.sum(Item.weight).filter(confirmed), 0),
    )
