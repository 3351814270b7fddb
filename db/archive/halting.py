"""A long piece of work that can be told to stop."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

Halt = Callable[[], bool]
OFTEN = 10_000  # steps of SQLite's machine between two looks: a few milliseconds


class Abandoned(Exception):
    """It was told to stop; nothing of it is left."""

    def __init__(self) -> None:
        super().__init__("stopped before it was finished: nothing was written")


def never() -> bool:
    return False


def look(halt: Halt) -> None:
    if halt():
        raise Abandoned


def watch(connection: sqlite3.Connection, halt: Halt) -> None:
    """A statement under way then ends with SQLITE_INTERRUPT."""
    connection.set_progress_handler(lambda: int(halt()), OFTEN)
