"""Each OPD hears of what a checklist's file gave it, where there is somebody to hear it."""

from __future__ import annotations

from collections.abc import Iterable

from db import hearers
from db.act import Act
from db.engine import Session


async def owe(session: Session, act: Act, programme: str, opd_ids: Iterable[int]) -> None:
    """Before groups are linked nobody is owed anything: linking shows the list."""
    for opd_id in sorted(opd_ids):
        await hearers.owe(session, act, "imported", opd_id, act.at, programme=programme)
