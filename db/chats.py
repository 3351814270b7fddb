"""OPD and the groups, or topics of groups, in which they hear from us."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from db.engine import Session
from db.models import Audit, Opd
from db.models.audit import MIGRATED

SUPERGROUPS = -1_000_000_000_000  # Telegram's ids of them begin here, and go down


@dataclass(frozen=True, slots=True)
class OpdFacts:
    id: int
    code: str
    name: str
    kind: str
    head_title: str
    secretary_title: str
    chat_id: int | None
    topic_id: int
    chat_title: str
    chat_trouble: str

    @property
    def is_reachable(self) -> bool:
        return self.chat_id is not None and not self.chat_trouble


async def every_opd(session: Session) -> list[OpdFacts]:
    return [facts_of(opd) for opd in await session.scalars(select(Opd).order_by(Opd.code))]


async def by_code(session: Session, code: str) -> OpdFacts | None:
    opd = await session.scalar(select(Opd).where(Opd.code == code.upper()))
    return facts_of(opd) if opd else None


async def by_id(session: Session, opd_id: int) -> OpdFacts:
    return facts_of(await session.get_one(Opd, opd_id))


async def of_chat(session: Session, chat_id: int, topic_id: int) -> OpdFacts | None:
    """The OPD of this topic; where the topic has none, the one of the whole group. What was said
    in a group that has become a supergroup since was said to the same OPD."""
    query = select(Opd).where(Opd.chat_id == chat_id, Opd.topic_id.in_({topic_id, 0}))
    opd = await session.scalar(query.order_by(Opd.topic_id.desc()).limit(1))
    if opd is None and (new := await _moved_to(session, chat_id)):
        return await of_chat(session, new, topic_id)
    return facts_of(opd) if opd else None


async def exactly_of(session: Session, chat_id: int, topic_id: int) -> OpdFacts | None:
    """The OPD linked to this very topic (0: to the group as a whole)."""
    query = select(Opd).where(Opd.chat_id == chat_id, Opd.topic_id == topic_id)
    opd = await session.scalar(query)
    return facts_of(opd) if opd else None


async def all_of_chat(session: Session, chat_id: int) -> list[OpdFacts]:
    """Every OPD of a group, whatever the topic."""
    query = select(Opd).where(Opd.chat_id == chat_id).order_by(Opd.code)
    return [facts_of(opd) for opd in await session.scalars(query)]


def facts_of(opd: Opd) -> OpdFacts:
    return OpdFacts(
        id=opd.id,
        code=opd.code,
        name=opd.name,
        kind=opd.kind,
        head_title=opd.head_title,
        secretary_title=opd.secretary_title,
        chat_id=opd.chat_id,
        topic_id=opd.topic_id,
        chat_title=opd.chat_title,
        chat_trouble=opd.chat_trouble,
    )


async def _moved_to(session: Session, chat_id: int) -> int | None:
    """The supergroup that a group became, as the log tells it."""
    if not SUPERGROUPS < chat_id < 0:
        return None
    query = select(Audit.before, Audit.after).where(MIGRATED)
    moved = {before["chat"]: after["chat"] for before, after in await session.execute(query)}
    return moved.get(chat_id)
