"""What the coordinators hear of at once, because only they can mend it."""

from __future__ import annotations

from bot import messages
from bot.context import Desk
from bot.letter import Letter
from db import chats, people
from db.engine import Session
from db.owed import Claim


async def lost_topic(desk: Desk, session: Session, claim: Claim) -> Letter | None:
    """The topic of an OPD was deleted. None once the OPD is linked again."""
    to = claim.debt.user_id
    assert to, "an alarm is a coordinator's"
    opd = await chats.by_id(session, claim.debt.facts["opd"])
    if opd.is_reachable or not await people.still_holds(session, claim.debt.post_id, to):
        return None
    return Letter(to, messages.lost_topic(opd))
