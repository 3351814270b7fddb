"""All that is open between OPD and those who decide, page by page: obstacles, and later deadlines
that were asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from config.calendar import Calendar
from db.engine import Session
from db.reports.decisions import Decision, aged, standing
from db.reports.extensions import ExtensionFacts, extension
from db.reports.obstacles import ObstacleFacts, obstacle

PER_PAGE = 5


@dataclass(frozen=True, slots=True)
class Matter:
    """`told` or `asked`, whichever `decision` is about."""

    decision: Decision
    told: ObstacleFacts | None = None
    asked: ExtensionFacts | None = None


@dataclass(frozen=True, slots=True)
class Matters:
    """`obstacles`, `requests`: how many there are on all pages."""

    named: tuple[Matter, ...]
    page: int
    pages: int
    obstacles: int
    requests: int


async def matters(
    session: Session, calendar: Calendar, now: datetime, number: int, opd_id: int | None
) -> Matters:
    """Page `number`, from 1; the last one where there are fewer. Of all OPD, or of one."""
    rows = await standing(session, now, opd_id)
    pages = max(1, -(-len(rows) // PER_PAGE))
    number = min(max(1, number), pages)
    shown = [aged(calendar, row, now) for row in rows[(number - 1) * PER_PAGE :][:PER_PAGE]]
    requests = sum(bool(made.extension) for _, _, made in rows)
    named = [await _matter(session, made, now) for made in shown]
    return Matters(tuple(named), number, pages, len(rows) - requests, requests)


async def _matter(session: Session, made: Decision, now: datetime) -> Matter:
    if made.extension:
        return Matter(made, asked=await extension(session, made.extension, now))
    return Matter(made, told=await obstacle(session, made.obstacle))
