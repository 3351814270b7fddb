"""What a sending, or Telegram itself, tells about a chat: that it can be reached again or no
longer, or that its topic is gone."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select

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
    await _reached_person(session, chat_id)


async def is_troubled(session: Session, chat_id: int) -> bool:
    """Whether `heard_from` would change anything. For a reader: answering writes nothing."""
    opd = select(Opd.id).where(_may_be_back(chat_id))
    person = select(Person.user_id).where(Person.user_id == chat_id, Person.trouble != "")
    return await session.scalar(select(or_(opd.exists(), person.exists()))) or False


async def heard_from(session: Session, act: Act, chat_id: int) -> None:
    """An answer arrived in the chat, so it can be reached, which no message we owe would find
    out: none is sent there while there is trouble. A lost topic stays lost."""
    await found(session, act, chat_id)
    await _reached_person(session, chat_id)


async def lost(session: Session, act: Act, chat_id: int, why: str) -> None:
    """The chat cannot be reached: its OPD remember it, and the coordinators hear of it once."""
    news = [opd.id for opd in await chats.all_of_chat(session, chat_id) if opd.is_reachable]
    await chats.trouble(session, act, chat_id, why)
    if news:
        await handovers.coordinators(session, act, "unreachable", (), act.at, opd=news)


async def found(session: Session, act: Act, chat_id: int) -> bool:
    """The bot is back in the chat; a lost topic stays lost. Whether it is news to an OPD."""
    back = list(await session.scalars(select(Opd).where(_may_be_back(chat_id))))
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


def _may_be_back(chat_id: int) -> ColumnElement[bool]:
    return and_(Opd.chat_id == chat_id, Opd.chat_trouble.not_in(("", NO_TOPIC)))


async def _reached_person(session: Session, chat_id: int) -> None:
    person = await session.get(Person, chat_id) if chat_id > 0 else None
    if person and person.trouble:
        person.trouble = ""


async def _note(session: Session, act: Act, opd: Opd, why: str) -> None:
    before, opd.chat_trouble = opd.chat_trouble, why
    await audit.record(session, act, "reachable", opd.code, {"trouble": before}, {"trouble": why})
