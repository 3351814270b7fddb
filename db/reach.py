"""What a sending, or Telegram itself, tells about a chat: that it can be reached again or no
longer, or that its topic is gone."""

from __future__ import annotations

from sqlalchemy import select

from db import audit, chats, handovers, owed, people
from db.act import Act
from db.engine import Session
from db.models import Opd, Person, Role

REMOVED, SILENCED = "removed", "silenced"  # other reasons are Telegram's own words
NO_TOPIC = "message thread not found"


async def reached(session: Session, act: Act, chat_id: int, topic_id: int) -> None:
    """A later success clears what stood against a chat or a person."""
    query = select(Opd).where(Opd.chat_id == chat_id, Opd.topic_id == topic_id)
    for opd in await session.scalars(query.where(Opd.chat_trouble != "")):
        await _note(session, act, opd, "")
    person = await session.get(Person, chat_id) if chat_id > 0 else None
    if person and person.trouble:
        person.trouble = ""


async def lost(session: Session, act: Act, chat_id: int, why: str) -> None:
    """The chat cannot be reached: its OPD remember it, and the coordinators hear of it once."""
    news = [opd.id for opd in await chats.all_of_chat(session, chat_id) if opd.is_reachable]
    await chats.trouble(session, act, chat_id, why)
    if news:
        await handovers.coordinators(session, act, "unreachable", (), act.at, opd=news)


async def found(session: Session, act: Act, chat_id: int) -> bool:
    """The bot is back in the chat; a lost topic stays lost. Whether it is news to an OPD."""
    query = select(Opd).where(Opd.chat_id == chat_id, Opd.chat_trouble.not_in(("", NO_TOPIC)))
    back = list(await session.scalars(query))
    for opd in back:
        await _note(session, act, opd, "")
    return bool(back)


async def lost_topic(session: Session, act: Act, chat_id: int, topic_id: int) -> None:
    """The OPD's topic was deleted: it cannot be reached until it is linked again, and the
    coordinators hear so."""
    query = select(Opd).where(Opd.chat_id == chat_id, Opd.topic_id == topic_id)
    for opd in await session.scalars(query.where(Opd.chat_trouble != NO_TOPIC)):
        await _note(session, act, opd, NO_TOPIC)
        for to in await people.holders(session, (Role.COORDINATOR,), None):
            debt = owed.letter("lost_topic", act.source, to.user_id, to.post_id, opd=opd.id)
            await owed.owe(session, debt, act.at)


async def _note(session: Session, act: Act, opd: Opd, why: str) -> None:
    before, opd.chat_trouble = opd.chat_trouble, why
    await audit.record(session, act, "reachable", opd.code, {"trouble": before}, {"trouble": why})
