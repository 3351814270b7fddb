"""A group's link that was said in a group without being used up: all who sit there have read it,
and it is good there alone, but for who brought it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from db import drafts
from db.act import Act
from db.engine import Session
from db.models import Draft
from db.refusal import Refusal

KIND = "brought"  # of draft
NOBODY = 0  # who brought it, where no person is known


class BroughtElsewhere(Refusal):
    """Somebody takes a link out of the group in which they have read it."""


async def keep(
    session: Session, act: Act, invitation: int, chat_id: int, topic_id: int, *, by_somebody: bool
) -> None:
    """The first place counts. `by_somebody`: False for an anonymous admin."""
    user = act.user_id if by_somebody else NOBODY
    once = replace(act, source=_source(invitation), user_id=user)
    await drafts.keep(session, KIND, once, chat=chat_id, topic=topic_id)


async def must_be_here(
    session: Session, act: Act, invitation: int, chat_id: int, topic_id: int
) -> None:
    """BroughtElsewhere where it was brought to another place, by somebody else."""
    query = select(Draft).where(Draft.source == _source(invitation))
    brought = await session.scalar(query)
    if brought is None or brought.user_id == act.user_id:
        return
    if (brought.facts["chat"], brought.facts["topic"]) != (chat_id, topic_id):
        raise BroughtElsewhere


def _source(invitation: int) -> str:
    return f"{KIND}:{invitation}"
