"""What the tests of changing groups share: questions to the chats and to the database."""

from __future__ import annotations

from sqlalchemy import select

from db.models import Audit, Fate, Owed
from demo.telegram import Chat, Person
from tests.test_chats import told
from tests.town import Town


async def quiet(town: Town) -> None:
    """What setting the stage owed has left."""
    await town.later(minutes=1)


async def audited(town: Town, verb: str) -> list[Audit]:
    async with town.desk.view() as session:
        query = select(Audit).where(Audit.verb == verb, ~Audit.source.startswith("stage:"))
        return list(await session.scalars(query.order_by(Audit.id)))


async def fates(town: Town, kind: str) -> list[Fate]:
    async with town.desk.view() as session:
        query = select(Owed.fate).where(Owed.kind == kind).order_by(Owed.id)
        return list(await session.scalars(query))


def reminders(town: Town, chat: Chat) -> int:
    return sum(said.text.startswith("⏰") for said in town.said_in(chat))


def alarms(town: Town, who: Person) -> list[str]:
    return [text for text in told(town, who) if "tidak dapat dihubungi" in text]
