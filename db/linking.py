"""Which group, or topic of a group, is an OPD's: linked, unlinked, renamed, become a supergroup."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from db import alarms, audit, living, owed
from db.act import Act
from db.chats import OpdFacts, by_code
from db.debts import Debt
from db.engine import Session
from db.models import Fate, Opd, Owed
from db.refusal import Refusal

OFFER, MOVED = "offer", "moved_group"  # kinds of debt that name a chat
A_MOMENT = timedelta(seconds=5)


class ChatTaken(Refusal):
    """This group, or this topic of it, is already another OPD's."""

    def __init__(self, opd: str) -> None:
        self.opd = opd


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
    if opd.chat_id != chat_id:
        await living.forget_in(session, opd.chat_id, opd.id)
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


async def offer(
    session: Session, act: Act, chat_id: int, opd_ids: list[int], now: datetime
) -> None:
    """A group that the bot was added to may choose its OPD: a moment later, since the link that
    brought the bot there says it mostly by itself."""
    facts = {"chat": chat_id, "opd": opd_ids}
    await owed.owe(session, Debt(f"{OFFER}:{act.source}", OFFER, facts=facts), now + A_MOMENT)


async def _readdress(session: Session, old: int, new: int) -> None:
    """Buttons that stand in the old group stand in the new one; what is owed to it follows."""
    await session.execute(update(Owed).where(Owed.chat_id == old).values(chat_id=new))
    waiting = select(Owed).where(Owed.kind.in_((OFFER, MOVED)), Owed.sent_at.is_(None))
    for row in await session.scalars(waiting.where(Owed.fate.in_((Fate.OWED, Fate.CLAIMED)))):
        if row.facts["chat"] == old:
            row.facts = row.facts | {"chat": new}


def _where(opd: Opd) -> dict[str, Any]:
    return {"chat": opd.chat_id, "topic": opd.topic_id, "title": opd.chat_title}


async def _unlink(session: Session, act: Act, opd: Opd) -> None:
    before = _where(opd)
    await living.forget_in(session, opd.chat_id, opd.id)
    opd.unlink()
    await audit.record(session, act, "unlinked", opd.code, before)
