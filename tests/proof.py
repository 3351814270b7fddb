"""Watches every transaction of every test: what changes state has its audit entry beside it.

It looks at the statements that reach the database, whoever wrote them: the ORM, Core or by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import greenlet
from sqlalchemy import Connection, Engine, event

OURS = f"{Path(__file__).parent.parent}/"
BOOKKEEPING = {
    "audit": "the log itself",
    "owed": "messages and what became of them; their causes are in the log",
    "heard": "which reminders were said: follows from what was sent",
    "given": "which updates were answered, for a day or two",
    "living": "which messages follow the state, and what they show",
    "kept": "updates until they are answered",
    "escalation": "what went up: follows from deadlines and from what was sent",
    "draft": "half said; what it becomes is in the log",
    "pulse": "that the bot is alive, twice a minute",
    "outage": "when the bot was away: nobody did it",
    "alembic_version": "the shape of the database, not what it holds",
}
WRITES = re.compile(r"\s*(?:INSERT (?:OR \w+ )?INTO|REPLACE INTO|UPDATE|DELETE FROM) \"?(\w+)")


@dataclass
class Proof:
    """Of each transaction that the product committed and that changed state: the tables, and the
    file that began it. `missing`: those without an entry."""

    changed: list[tuple[set[str], str]] = field(default_factory=list)
    missing: list[tuple[set[str], str]] = field(default_factory=list)

    def committed(self, tables: set[str], owner: str) -> None:
        """What a test sets its stage with is none of the product's."""
        state = tables - set(BOOKKEEPING)
        if not state or owner.startswith(("tests/", "bench/")):
            return
        self.changed.append((state, owner))
        if "audit" not in tables:
            self.missing.append((state, owner))


@contextmanager
def watching() -> Iterator[Proof]:
    proof = Proof()

    def began(connection: Connection) -> None:
        connection.info["proof"] = (set(), _owner())

    def wrote(connection: Connection, cursor: Any, statement: str, *_: object) -> None:
        if (found := WRITES.match(statement)) and cursor.rowcount and "proof" in connection.info:
            connection.info["proof"][0].add(found[1])

    def committed(connection: Connection) -> None:
        if found := connection.info.pop("proof", None):
            proof.committed(*found)

    hooks: dict[str, Any] = {"begin": began, "after_cursor_execute": wrote, "commit": committed}
    for name, hook in hooks.items():
        event.listen(Engine, name, hook)
    try:
        yield proof
    finally:
        for name, hook in hooks.items():
            event.remove(Engine, name, hook)


def _owner() -> str:
    """Who began the transaction: the innermost of our own frames that is not in `db`."""
    return next((name for name in _files() if not name.startswith("db/")), "?")


def _files() -> Iterator[str]:
    """Ours, from the innermost frame to the outermost, past the greenlets of SQLAlchemy."""
    frame: FrameType | None = sys._getframe()
    running = greenlet.getcurrent()
    while frame:
        name = frame.f_code.co_filename
        if name.startswith(OURS) and name != __file__ and ".venv" not in name:
            yield name.removeprefix(OURS)
        frame = frame.f_back
        if frame is None and running.parent:
            running = running.parent
            frame = running.gr_frame
