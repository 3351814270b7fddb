"""Things half said, kept until their button is pressed or a day has passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from db.act import Act
from db.engine import Session
from db.models import Draft
from db.refusal import Refusal

LAPSES_AFTER = timedelta(days=1)
SAVED, ANSWERED, DROPPED = "saved", "answered", "dropped"  # outcomes
QUESTION = "question"  # a kind


class DraftLapsed(Refusal):
    """Older than a day, or never there."""


class DraftSettled(Refusal):
    """Finished before. `outcome`: saved, dropped, answered."""

    def __init__(self, outcome: str) -> None:
        self.outcome = outcome


class NotTheAuthor(Refusal):
    """Only who said it may finish it."""


class NotAsked(NotTheAuthor):
    """The question that was replied to is somebody else's."""


@dataclass(frozen=True, slots=True)
class DraftFacts:
    id: int
    kind: str
    source: str
    made_at: datetime
    facts: dict[str, Any]


async def keep(session: Session, kind: str, act: Act, **facts: Any) -> int:
    """The draft's id; a second arrival of the same message finds the first one's."""
    query = select(Draft.id).where(Draft.source == act.source)
    if (known := await session.scalar(query)) is not None:
        return known
    draft = Draft(
        kind=kind,
        source=act.source,
        user_id=act.user_id,
        made_at=act.at,
        expires_at=act.at + LAPSES_AFTER,
        facts=facts,
    )
    session.add(draft)
    await session.flush()
    return draft.id


async def finish(
    session: Session, draft_id: int, user_id: int, now: datetime, outcome: str
) -> DraftFacts:
    """Take a draft for good. Its author only, once, within a day."""
    draft = await _of_author(session, draft_id, user_id)
    if draft.outcome:
        raise DraftSettled(draft.outcome)
    if now > draft.expires_at:
        raise DraftLapsed
    draft.outcome = outcome
    return _facts(draft)


async def amend(
    session: Session, draft_id: int, user_id: int, now: datetime, kind: str, **facts: Any
) -> DraftFacts:
    """Its author changes what a draft of that kind keeps, before it is taken."""
    draft = await _of_author(session, draft_id, user_id)
    if draft.kind != kind or now > draft.expires_at:
        raise DraftLapsed
    if draft.outcome:
        raise DraftSettled(draft.outcome)
    draft.facts = draft.facts | facts
    return _facts(draft)


async def choose(
    session: Session, draft_id: int, user_id: int, now: datetime, way: int
) -> DraftFacts:
    """Answer a question by one of its ways, for good; the same way again is the same answer."""
    draft = await _of_author(session, draft_id, user_id)
    if draft.kind != QUESTION or way >= len(draft.facts["ways"]):
        raise DraftLapsed  # forged
    if draft.facts.get("chosen") == way:
        return _facts(draft)
    facts = await finish(session, draft_id, user_id, now, ANSWERED)
    draft.facts = facts.facts | {"chosen": way}
    return facts


async def asked(session: Session, draft_id: int) -> DraftFacts:
    """What was asked for, whoever wants to know."""
    draft = await session.get(Draft, draft_id)
    if draft is None or draft.kind != "asked":
        raise DraftLapsed  # forged, or tidied away
    return _facts(draft)


async def replied(
    session: Session, draft_id: int, user_id: int, now: datetime, source: str, outcome: str
) -> DraftFacts:
    """What was asked for (`asked`) was said in the message `source`, or given up (ANSWERED,
    DROPPED), for good; the same message again is the same answer."""
    try:
        draft = await _of_author(session, draft_id, user_id)
    except NotTheAuthor:
        raise NotAsked from None
    if draft.facts.get("answer") == source:
        return _facts(draft)
    facts = await finish(session, draft_id, user_id, now, outcome)
    draft.facts = facts.facts | {"answer": source}
    return facts


async def said_before(session: Session, kind: str, act: Act, **facts: Any) -> bool:
    """Whether this person said the same within a day, in another message; it is kept now."""
    query = select(Draft).where(Draft.kind == kind, Draft.user_id == act.user_id)
    query = query.where(Draft.source != act.source, Draft.expires_at >= act.at)
    before = any(draft.facts == facts for draft in await session.scalars(query))
    if not before:
        await keep(session, kind, act, **facts)
    return before


async def finished(session: Session, draft_id: int, user_id: int) -> DraftFacts:
    """A draft that was taken before, for its author who presses again."""
    return _facts(await _of_author(session, draft_id, user_id))


async def saved_by(session: Session, kind: str, source: str) -> DraftFacts | None:
    """The draft of this very message, if it was saved."""
    query = select(Draft).where(Draft.kind == kind, Draft.source == source)
    draft = await session.scalar(query.where(Draft.outcome == SAVED))
    return _facts(draft) if draft else None


async def _of_author(session: Session, draft_id: int, user_id: int) -> Draft:
    draft = await session.get(Draft, draft_id)
    if draft is None:
        raise DraftLapsed
    if draft.user_id != user_id:
        raise NotTheAuthor
    return draft


def _facts(draft: Draft) -> DraftFacts:
    return DraftFacts(draft.id, draft.kind, draft.source, draft.made_at, dict(draft.facts))
