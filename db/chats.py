"""OPD and the groups, or topics of groups, in which they hear from us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from db import audit, owed
from db.act import Act
from db.engine import Session
from db.models import Opd, Owed
from db.owed import Debt
from db.refusal import Refusal

OFFER = "offer"
A_MOMENT = timedelta(seconds=5)


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


class ChatTaken(Refusal):
    """This group, or this topic of it, is already another OPD's."""

    def __init__(self, opd: str) -> None:
        self.opd = opd


async def every_opd(session: Session) -> list[OpdFacts]:
    return [facts_of(opd) for opd in await session.scalars(select(Opd).order_by(Opd.code))]


async def by_code(session: Session, code: str) -> OpdFacts | None:
    opd = await session.scalar(select(Opd).where(Opd.code == code.upper()))
    return facts_of(opd) if opd else None


async def by_id(session: Session, opd_id: int) -> OpdFacts:
    return facts_of(await session.get_one(Opd, opd_id))


async def of_chat(session: Session, chat_id: int, topic_id: int) -> OpdFacts | None:
    """The OPD of this topic; where the topic has none, the one of the whole group."""
    query = select(Opd).where(Opd.chat_id == chat_id, Opd.topic_id.in_({topic_id, 0}))
    opd = await session.scalar(query.order_by(Opd.topic_id.desc()).limit(1))
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


async def link(
    session: Session, act: Act, opd_id: int, chat_id: int, topic_id: int, title: str
) -> bool:
    """False if it was linked just so already. ChatTaken if another OPD has it."""
    taken = await session.scalar(
        select(Opd).where(Opd.chat_id == chat_id, Opd.topic_id == topic_id, Opd.id != opd_id)
    )
    if taken:
        raise ChatTaken(taken.name)
    opd = await session.get_one(Opd, opd_id)
    before = {"chat": opd.chat_id, "topic": opd.topic_id}
    after = {"chat": chat_id, "topic": topic_id}
    is_new = before != after or bool(opd.chat_trouble)
    opd.link(chat_id, topic_id, title)
    if is_new:
        await audit.record(session, act, "linked", opd.code, before, after)
    return is_new


async def unlink(session: Session, act: Act, opd_id: int) -> None:
    opd = await session.get_one(Opd, opd_id)
    before = {"chat": opd.chat_id, "topic": opd.topic_id}
    opd.unlink()
    await audit.record(session, act, "unlinked", opd.code, before)


async def migrate(session: Session, act: Act, old: int, new: int) -> None:
    """Telegram gave the group a new id when it became a supergroup. A second telling: nothing."""
    codes = list(await session.scalars(select(Opd.code).where(Opd.chat_id == old)))
    if codes:
        await session.execute(update(Opd).where(Opd.chat_id == old).values(chat_id=new))
        await audit.record(session, act, "migrated", ",".join(codes), {"chat": old}, {"chat": new})
    for row in await session.scalars(
        select(Owed).where(Owed.kind == OFFER, Owed.sent_at.is_(None))
    ):
        if row.facts["chat"] == old:
            row.facts = row.facts | {"chat": new}


async def offer(
    session: Session, act: Act, chat_id: int, opd_ids: list[int], now: datetime
) -> None:
    """A group that the bot was added to may choose its OPD: a moment later, since the link that
    brought the bot there says it mostly by itself."""
    facts = {"chat": chat_id, "opd": opd_ids}
    await owed.owe(session, Debt(f"{OFFER}:{act.source}", OFFER, facts=facts), now + A_MOMENT)


async def trouble(session: Session, act: Act, chat_id: int, why: str) -> tuple[str, ...]:
    """Note that a chat cannot be reached (`why` empty: that it can again). The OPD concerned."""
    rows = list(await session.scalars(select(Opd).where(Opd.chat_id == chat_id)))
    changed = [opd for opd in rows if opd.chat_trouble != why]
    for opd in changed:
        before, opd.chat_trouble = opd.chat_trouble, why
        await audit.record(
            session, act, "reachable", opd.code, {"trouble": before}, {"trouble": why}
        )
    return tuple(opd.code for opd in changed)


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
