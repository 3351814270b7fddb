"""What a handler must know that is not in the database: looked for between two transactions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any


class Unseen(Exception):
    """A handler cannot go on without what `look` finds (never None): it is called again, with that
    as `call.seen`. Meanwhile everybody may write."""

    def __init__(self, look: Callable[[], Awaitable[Any]]) -> None:
        super().__init__("not looked for yet")
        self.look = look
