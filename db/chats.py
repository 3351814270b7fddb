"""OPD and the groups, or topics of groups, in which they hear from us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from db import alarms, audit, owed
from db.act import Act
from db.debts import Debt
from db.engine import Session
from db.models import Audit, Fate, Opd, Owed
from db.models.audit import MIGRATED
from db.refusal import Refusal

OFFER, MOVED = "offer", "moved_group"  # kinds of debt that name a chat
A_MOMENT = timedelta(seconds=5)
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
    """The OPD of this topic; where the topic has none, the one of the whole group. What was said
    in a group that has become a supergroup since was said to the same OPD."""
    query = select(Opd).where(Opd.chat_id == chat_id, Opd.topic_id.in_({topic_id, 0}))
    opd = await session.scalar(query.order_by(Opd.topic_id.desc()).limit(1))
    if opd is None and (new := await _moved_to(session, chat_id)):
        return await of_chat(session, new, topic_id)
    return facts_of(opd) if opd else None


async def _moved_to(session: Session, chat_id: int) -> int | None:
    """The supergroup that a group became, as the log tells it."""
    if not SUPERGROUPS < chat_id < 0:
        return None
    query = select(Audit.before, Audit.after).where(MIGRATED)
    moved = {before["chat"]: after["chat"] for before, after in await session.execute(query)}
    return moved.get(chat_id)


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
    """False if it was linked just so already, or by this very message before. ChatTaken if
    another OPD has it."""
    if await audit.done_by(session, "linked", act.source):
        return False
    taken = await session.scalar(
        select(Opd).where(Opd.chat_id == chat_id, Opd.topic_id == topic_id, Opd.id != opd_id)
    )
    if taken:
        raise ChatTaken(taken.name)
    opd = await session.get_one(Opd, opd_id)
    before, was_lost = _where(opd), bool(opd.chat_trouble)
    opd.link(chat_id, topic_id, title)
    if is_new := was_lost or before != _where(opd):
        await audit.record(session, act, "linked", opd.code, before, _where(opd))
    return is_new


async def moved_from(session: Session, act: Act) -> str:
    """The title of the group that an OPD left by this very message, if it left one."""
    entry = await audit.done_by(session, "linked", act.source)
    if entry is None or entry.before.get("chat") in {None, entry.after["chat"]}:
        return ""
    return str(entry.before.get("title", ""))


async def unlink(session: Session, act: Act, opd_id: int) -> None:
    opd = await session.get_one(Opd, opd_id)
    await _unlink(session, act, opd)


async def unlinked_by(session: Session, act: Act) -> OpdFacts | None:
    """The OPD that this very message unlinked before."""
    entry = await audit.done_by(session, "unlinked", act.source)
    return await by_code(session, entry.subject) if entry else None


async def rename(session: Session, act: Act, chat_id: int, title: str) -> None:
    """The group is called so now."""
    query = select(Opd).where(Opd.chat_id == chat_id, Opd.chat_title != title)
    for opd in await session.scalars(query.order_by(Opd.code)):
        before, opd.chat_title = opd.chat_title, title
        await audit.record(session, act, "renamed", opd.code, {"title": before}, {"title": title})


async def migrate(
    session: Session, act: Act, old: int, new: int, when: datetime | None = None
) -> None:
    """Telegram gave the group a new id when it became a supergroup. A second telling: nothing.
    Who was linked to the supergroup meanwhile keeps it; the coordinators hear so, at `when`."""
    movers = list(await session.scalars(select(Opd).where(Opd.chat_id == old).order_by(Opd.code)))
    taken = set(await session.scalars(select(Opd.topic_id).where(Opd.chat_id == new)))
    if displaced := [opd for opd in movers if opd.topic_id in taken]:
        for opd in displaced:
            await _unlink(session, act, opd)
        await alarms.owe(session, act, "displaced", [o.id for o in displaced], when or act.at)
    if moved := [opd for opd in movers if opd.topic_id not in taken]:
        before = {"chat": old, "trouble": {o.code: o.chat_trouble for o in moved if o.chat_trouble}}
        for opd in moved:
            opd.chat_id, opd.chat_trouble = new, ""  # of the new one nothing bad is known
        codes = ",".join(opd.code for opd in moved)
        await audit.record(session, act, "migrated", codes, before, {"chat": new})
    await _readdress(session, old, new)


async def _readdress(session: Session, old: int, new: int) -> None:
    """Buttons that stand in the old group stand in the new one; what is owed to it follows."""
    await session.execute(update(Owed).where(Owed.chat_id == old).values(chat_id=new))
    waiting = select(Owed).where(Owed.kind.in_((OFFER, MOVED)), Owed.sent_at.is_(None))
    for row in await session.scalars(waiting.where(Owed.fate.in_((Fate.OWED, Fate.CLAIMED)))):
        if row.facts["chat"] == old:
            row.facts = row.facts | {"chat": new}


async def offer(
    session: Session, act: Act, chat_id: int, opd_ids: list[int], now: datetime
) -> None:
    """A group that the bot was added to may choose its OPD: a moment later, since the link that
    brought the bot there says it mostly by itself."""
    facts = {"chat": chat_id, "opd": opd_ids}
    await owed.owe(session, Debt(f"{OFFER}:{act.source}", OFFER, facts=facts), now + A_MOMENT)


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


def _where(opd: Opd) -> dict[str, Any]:
    return {"chat": opd.chat_id, "topic": opd.topic_id, "title": opd.chat_title}


async def _unlink(session: Session, act: Act, opd: Opd) -> None:
    before = _where(opd)
    opd.unlink()
    await audit.record(session, act, "unlinked", opd.code, before)
