"""Waiting for something or for the wish to stop, whichever comes first."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """So long, or until we are to stop."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()


async def until(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """Its result; None where we are to stop before it has one, and it is cancelled. For what may
    be cut off anywhere, such as a fetch: never for a transaction."""
    task, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if task.done():
        return task.result()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return None
