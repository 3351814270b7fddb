"""The digest of a city and of a country, beside the raw SQL that its numbers need at least.

python -m bench.digest          44 OPD × 100 items
python -m bench.digest --large  and 20,000 OPD × 40 items (takes a few minutes to fill)
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from collections.abc import Callable

from bench.city import NOON, City, city
from bot import messages
from db import engine
from db.reports import digest as reports
from db.reports import reminders

NOW = NOON.strftime("%Y-%m-%d %H:%M:%S.%f")
RAW = (
    "SELECT count(*) FILTER (WHERE state IN ('open','returned','submitted','verified')),"
    " count(*) FILTER (WHERE state IN ('submitted','verified')),"
    " count(*) FILTER (WHERE state = 'verified'),"
    f" count(*) FILTER (WHERE state IN ('open','returned') AND due_at < '{NOW}'),"
    " count(*) FILTER (WHERE state IN ('submitted','verified')"
    " AND evidence <> '' AND NOT has_evidence)"
    " FROM item",
    "SELECT o.code, count(*), min(i.due_at), count(*) OVER () FROM opd o JOIN item i"
    f" ON i.opd_id = o.id WHERE i.state IN ('open','returned') AND i.due_at < '{NOW}'"
    " GROUP BY o.id ORDER BY sum(i.weight) DESC, min(i.due_at), o.code LIMIT 5",
    "SELECT o.code, count(*), sum(count(*)) OVER () FROM opd o JOIN item i ON i.opd_id = o.id"
    " WHERE i.state IN ('submitted','verified') AND i.submitted_at >= '2026-11-23 16:00:00.000000'"
    " GROUP BY o.id ORDER BY count(*) DESC, o.code LIMIT 3",
)
TIMES = 5


async def main() -> None:
    sizes = [(44, 100)] + ([(20_000, 40)] if "--large" in sys.argv else [])
    for opds, items in sizes:
        async with city(opds, items, with_people=False) as found:
            await _compare(found, f"{opds:,} × {items}")


async def _compare(found: City, name: str) -> None:
    raw = min(_timed(lambda: _raw(found)) for _ in range(TIMES))
    digest = min([await _digest(found) for _ in range(TIMES)])
    due = min([await _due(found) for _ in range(TIMES)])
    print(f"{name:14} raw SQL {raw:8.1f} ms   digest {digest:8.1f} ms   ratio {digest / raw:5.2f}")
    print(f"{'':14} who must be reminded now {due:8.1f} ms")


def _raw(found: City) -> None:
    connection = sqlite3.connect(engine.file_of(found.desk.settings.database_url))
    for query in RAW:
        connection.execute(query).fetchall()
    connection.close()


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


async def _digest(found: City) -> float:
    desk = found.desk
    began = time.perf_counter()
    async with desk.view() as session:
        digest = await reports.digest(session, desk.calendar, desk.now(), 0)
    messages.digest(desk, digest)
    return (time.perf_counter() - began) * 1000


async def _due(found: City) -> float:
    desk = found.desk
    began = time.perf_counter()
    async with desk.view() as session:
        await reminders.due(session, desk.calendar, desk.now())
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    asyncio.run(main())
