"""The clock itself gives a sign of life."""

from __future__ import annotations

import time

from bot.context import Context

SIGN = "the clock"


async def tick(context: Context) -> None:
    context.desk.signs[SIGN] = time.monotonic()
