"""What a sending, or Telegram itself, tells about a chat: that it can be reached again or no
longer, or that its topic is gone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from db import alarms, audit, hearers
from db.act import Act
from db.engine import Session
from db.models import Opd, Person, Tenure

REMOVED, SILENCED, BLOCKED = "removed", "silenced", "blocked"  # others are Telegram's own words
NO_TOPIC, CLOSED = "message thread not found", "topic closed"
OF_A_TOPIC = (NO_TOPIC, CLOSED)  # the rest of the group may do well


async def reached(session: Session, act: Act, chat_id: int, topic_id: int) -> None:
    """A later success clears what stood against a chat or a person."""
    query = select(Opd).where(Opd.chat_id == chat_id, Opd.topic_id == topic_id)
    for opd in await session.scalars(query.where(Opd.chat_trouble != "")):
        await _note(session, act, opd, "")
    await _reached_person(session, act, chat_id)


async def is_troubled(session: Session, chat_id: int) -> bool:
    """Whether `heard_from` would change anything. For a reader: answering writes nothing."""
    opd = select(Opd.id).where(_may_be_back(chat_id))
    person = select(Person.user_id).where(Person.user_id == chat_id, Person.trouble != "")
    return await session.scalar(select(or_(opd.exists(), person.exists()))) or False


async def heard_from(session: Session, act: Act, chat_id: int) -> None:
    """An answer arrived there, so it can be reached, which no message we owe would find out: none
    is sent there while there is trouble. A lost topic stays lost, but for the one that took it."""
    await found(session, act, chat_id)
    await _reached_person(session, act, chat_id)


async def lost(
    session: Session,
    act: Act,
    chat_id: int,
    why: str,
    when: datetime | None = None,
    topic_id: int | None = None,
) -> None:
    """Nobody can be reached there: it is remembered, the coordinators hear of it once, at `when`,
    and what waits for an OPD's group goes to its people. `topic_id`: where it was tried; a closed
    topic says nothing of the others."""
    if chat_id > 0:
        await _lost_person(session, act, chat_id, why, when or act.at)
    elif "topic_closed" in why.lower() and topic_id is not None:
        await _lost_group(session, act, chat_id, CLOSED, when or act.at, {topic_id, 0})
    else:
        await _lost_group(session, act, chat_id, why, when or act.at)


async def lost_topic(
    session: Session, act: Act, chat_id: int, topic_id: int, when: datetime | None = None
) -> None:
    """The OPD's topic was deleted or closed: it cannot be reached until it is linked again, or
    the topic is heard of. The coordinators hear of it once, at `when`."""
    query = select(Opd).where(Opd.chat_id == chat_id, Opd.topic_id == topic_id)
    for opd in await session.scalars(query.where(Opd.chat_trouble != NO_TOPIC)):
        await _note(session, act, opd, NO_TOPIC)
        await hearers.readdress(session, [opd.id], act.at)
        await alarms.owe(session, act, "lost_topic", [opd.id], when or act.at)


async def found(session: Session, act: Act, chat_id: int) -> bool:
    """The bot is back in the chat; a lost topic stays lost. Whether it is news to an OPD."""
    back = list(await session.scalars(select(Opd).where(_may_be_back(chat_id))))
    for opd in back:
        await _note(session, act, opd, "")
    return bool(back)


async def found_topic(session: Session, act: Act, chat_id: int, topic_id: int) -> None:
    """The topic was opened again."""
    query = select(Opd).where(Opd.chat_id == chat_id, Opd.topic_id == topic_id)
    for opd in await session.scalars(query.where(Opd.chat_trouble.in_(OF_A_TOPIC))):
        await _note(session, act, opd, "")


def _may_be_back(chat_id: int) -> ColumnElement[bool]:
    return and_(Opd.chat_id == chat_id, Opd.chat_trouble.not_in(("", *OF_A_TOPIC)))


async def _lost_group(
    session: Session,
    act: Act,
    chat_id: int,
    why: str,
    when: datetime,
    topics: Collection[int] | None = None,
) -> None:
    query = select(Opd).where(Opd.chat_id == chat_id, Opd.chat_trouble != NO_TOPIC)
    if topics:
        query = query.where(Opd.topic_id.in_(topics))
    rows = list(await session.scalars(query.order_by(Opd.code)))
    news = [opd.id for opd in rows if opd.is_reachable]
    for opd in rows:
        if opd.chat_trouble != why:
            await _note(session, act, opd, why)
    await hearers.readdress(session, [opd.id for opd in rows], act.at)
    if news:
        await alarms.owe(session, act, "unreachable", news, when)


async def _lost_person(session: Session, act: Act, user_id: int, why: str, when: datetime) -> None:
    person = await session.get(Person, user_id)
    if person is None or person.trouble == why:
        return
    is_news = not person.trouble
    await _note_person(session, act, person, why)
    works = select(Tenure.id).where(Tenure.user_id == user_id, Tenure.ended_at.is_(None)).limit(1)
    if is_news and await session.scalar(works):
        await alarms.owe(session, act, "unreachable_person", [user_id], when, but=user_id)


async def _reached_person(session: Session, act: Act, chat_id: int) -> None:
    person = await session.get(Person, chat_id) if chat_id > 0 else None
    if person and person.trouble:
        await _note_person(session, act, person, "")


async def _note(session: Session, act: Act, opd: Opd, why: str) -> None:
    before, opd.chat_trouble = opd.chat_trouble, why
    await audit.record(session, act, "reachable", opd.code, {"trouble": before}, {"trouble": why})


async def _note_person(session: Session, act: Act, person: Person, why: str) -> None:
    before, person.trouble = person.trouble, why
    subject = f"user:{person.user_id}"
    await audit.record(session, act, "reachable", subject, {"trouble": before}, {"trouble": why})
