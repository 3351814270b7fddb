"""Word of every change to every open window, by server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

PATIENCE = 15.0  # seconds; then a line that says nothing keeps the connection alive
BREATH = 0.08  # seconds between two looks of one window: many changes are one look
AGAIN = 300  # milliseconds until a window that lost its line tries again


class Hub:
    """`changed` wakes every window that watches."""

    def __init__(self) -> None:
        self.is_closed = self.is_renewed = False
        self._watching: set[asyncio.Event] = set()

    def changed(self) -> None:
        for window in self._watching:
            window.set()

    def close(self, is_renewed: bool = False) -> None:
        """`is_renewed`: another city takes the place of this one in a moment."""
        self.is_closed = True
        self.is_renewed = self.is_renewed or is_renewed
        self.changed()

    async def stream(self, look: Callable[[], Awaitable[dict[str, Any]]]) -> AsyncIterator[str]:
        """What `look` sees, whenever that is something else than the last time."""
        window, last = asyncio.Event(), ""
        self._watching.add(window)
        yield f"retry: {AGAIN}\n\n"
        try:
            while not self.is_closed:
                window.clear()
                seen = json.dumps(
                    await asyncio.shield(_task(look)), ensure_ascii=False, separators=(",", ":")
                )
                if seen != last:
                    yield f"data: {seen}\n\n"
                    last = seen
                await asyncio.sleep(BREATH)
                yield "" if await _within(PATIENCE, window) else ": hening\n\n"
            if self.is_renewed:
                yield "event: renewing\ndata: {}\n\n"
        finally:
            self._watching.discard(window)


def _task(look: Callable[[], Awaitable[dict[str, Any]]]) -> asyncio.Future[dict[str, Any]]:
    """A window that goes meanwhile must not cut the database off in the middle of an answer."""
    return asyncio.ensure_future(look())


async def _within(seconds: float, event: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
