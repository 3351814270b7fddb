"""What the bot itself finds wrong, for the coordinators to pass on to the server's keeper."""

from __future__ import annotations

from typing import Any

from bot.context import Desk
from db import alarms
from db.act import Act


async def warn(desk: Desk, source: str, kind: str, **facts: Any) -> None:
    """They hear once for each source, such as one a day, inside the window."""
    now = desk.now()
    async with desk.transaction() as session:
        opening = desk.calendar.next_opening(now)
        await alarms.warn(session, Act(now, source), kind, opening, **facts)
