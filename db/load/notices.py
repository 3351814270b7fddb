"""Each OPD hears of what a checklist's file gave it, where there is somebody to hear it."""

from __future__ import annotations

from collections.abc import Iterable

from db import chats, owed, people
from db.act import Act
from db.engine import Session


async def owe(session: Session, act: Act, programme: str, opd_ids: Iterable[int]) -> None:
    """To the group; without one that can be reached, to the secretary or else the operators.
    Before groups are linked nobody is owed anything: linking shows the list."""
    facts = {"act": act.source, "programme": programme}
    for opd_id in sorted(opd_ids):
        if (await chats.by_id(session, opd_id)).is_reachable:
            debts = [owed.notice("imported", act.source, opd_id, **facts)]
        else:
            debts = [
                owed.notice_in_private("imported", act.source, opd_id, to, **facts)
                for to in [(h.post_id, h.user_id) for h in await people.listeners(session, opd_id)]
            ]
        for debt in debts:
            await owed.owe(session, debt, act.at)
