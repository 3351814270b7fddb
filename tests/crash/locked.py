"""The database's file held by another process, while the bot goes on fetching."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.crash.stage import City

WAITS = 30.0  # seconds, for its turn to write


@dataclass
class Fetches:
    """What getUpdates brought: how often anything, and the messages of the last time by what the
    audit log calls them."""

    count: int = 0
    sources: frozenset[str] = frozenset()
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def come(self, number: int) -> None:
        """Until so many brought something."""
        async with self.changed:
            await self.changed.wait_for(lambda: self.count >= number)

    async def bring_other_than(self, known: frozenset[str]) -> None:
        """Until a message comes that is none of these."""
        self.sources = frozenset()
        async with self.changed:
            await self.changed.wait_for(lambda: bool(self.sources - known))

    async def look(self, _bot: object, method: str, _params: object, body: dict[str, Any]) -> None:
        if method == "getUpdates" and body.get("result"):
            async with self.changed:
                self.count += 1
                said = [one["message"] for one in body["result"] if "message" in one]
                self.sources = frozenset(
                    f"message:{m['chat']['id']}:{m['message_id']}" for m in said
                )
                self.changed.notify_all()


@contextmanager
def watching(city: City) -> Iterator[Fetches]:
    """From now on."""
    fetches = Fetches()
    city.telegram.answering.append(fetches.look)
    try:
        yield fetches
    finally:
        city.telegram.answering.remove(fetches.look)


@asynccontextmanager
async def held(database: Path) -> AsyncIterator[frozenset[str]]:
    """Nobody else writes meanwhile, and nothing is changed. What is in the audit log till then, by
    its source."""
    with closing(_connect(database)) as connection:
        await asyncio.to_thread(connection.execute, "BEGIN IMMEDIATE")
        try:
            yield frozenset(source for (source,) in connection.execute(_COMMITTED))
        finally:
            connection.rollback()


_COMMITTED = "SELECT source FROM audit"


def _connect(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(database, WAITS, isolation_level=None, check_same_thread=False)
