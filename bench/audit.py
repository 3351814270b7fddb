"""Verifying a long audit log, beside hashing the same bytes and nothing else.

python -m bench.audit            1,000,000 entries
python -m bench.audit 100000     so many
"""

from __future__ import annotations

import asyncio
import hashlib
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from db import audit, engine, upgrade
from db.models import Audit

BEGAN = datetime(2026, 1, 5, 8, tzinfo=UTC)
ENTRIES = 1_000_000
CHUNK = 10_000


async def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    with tempfile.TemporaryDirectory() as folder:
        few, all_ = Path(folder) / "few.db", Path(folder) / "all.db"
        await _fill(few, many // 100)
        hashing = await _fill(all_, many)
        _report(few, 0)
        _report(all_, hashing)
        _tamper(all_, many - 1)
        chain, _, _ = _in_a_process_of_its_own(all_)
        print(f"{'':20} one entry tampered with: {chain.broken}")


def _report(file: Path, hashing: float) -> None:
    chain, seconds, peak = _in_a_process_of_its_own(file)
    print(
        f"{chain.count:12,} entries {file.stat().st_size / 2**20:6,.0f} MiB "
        f"verified in {seconds:6.2f} s, peak memory {peak:4.0f} MiB"
    )
    if hashing:
        ratio = seconds / hashing
        print(f"{'':20} hashing the same bytes alone {hashing:6.2f} s   ratio {ratio:5.1f}")


def _in_a_process_of_its_own(file: Path) -> tuple[audit.Chain, float, float]:
    """So that its memory is its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_verified, file).result()


def _verified(file: Path) -> tuple[audit.Chain, float, float]:
    """And seconds, and MiB at most."""
    began = time.perf_counter()
    chain = asyncio.run(_verify(file))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return chain, time.perf_counter() - began, peak


async def _verify(file: Path) -> audit.Chain:
    database = engine.connect(_url(file))
    try:
        async with database.reading() as session:
            return await audit.verify(session)
    finally:
        await database.close()


async def _fill(file: Path, many: int) -> float:
    """Confirmations, by the product's own seal. Returns the seconds that hashing alone takes."""
    database = await upgrade.to_head(_url(file), file.parent)
    previous, hashing = audit.FIRST, 0.0
    for first in range(1, many + 1, CHUNK):
        rows, texts = [], []
        for number in range(first, min(first + CHUNK, many + 1)):
            row = [*_entry(number), previous]
            texts.append(audit.written(row).encode())
            previous = hashlib.sha256(texts[-1]).hexdigest()
            rows.append(dict(zip(audit.ENTRY.keys(), [*row, previous], strict=True)))
        began = time.perf_counter()
        for text in texts:
            hashlib.sha256(text).hexdigest()
        hashing += time.perf_counter() - began
        async with database.writing() as session:
            await session.execute(insert(Audit), rows)
    await database.close()
    return hashing


def _entry(number: int) -> Iterator[Any]:
    yield number
    yield BEGAN + number * timedelta(seconds=17, microseconds=391)
    yield "submit"
    yield f"DINAS-{number % 44}"
    yield number % 131
    yield 5_000_000_000 + number % 131
    yield f"message:-1002100000{number % 44:03}:{number}"
    yield {str(number % 31): "open"}
    yield {str(number % 31): "submitted"}


def _tamper(file: Path, entry: int) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("UPDATE audit SET subject = 'DINAS-45' WHERE id = ?", (entry,))
        connection.commit()


def _url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


if __name__ == "__main__":
    asyncio.run(main())
