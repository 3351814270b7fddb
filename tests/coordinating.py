"""What the tests of a coordinator's work share: hands, and questions to the database."""

from __future__ import annotations

from sqlalchemy import func, select

from db import people, tenures
from db.act import Act
from db.models import Audit, Item, Opd, Role, State
from demo.telegram import Message, Person
from tests.town import Town

SAVE, DISCARD, UNDO = "✅ Simpan", "✖️ Jangan simpan", "↩️ Urungkan"


def shown(message: Message) -> str:
    """A bubble with its buttons, a row in each line."""
    return "\n".join([message.text, *(" ".join(f"[{b}]" for b in row) for row in message.buttons)])


def only(town: Town, code: str) -> Message:
    """The one thing the bot said in an OPD's group."""
    [message] = town.said_in(town.groups[code])
    return message


def said_last(town: Town, code: str) -> Message:
    return town.said_in(town.groups[code])[-1]


async def save(town: Town, command: str, name: str = "coordinator") -> Message:
    """Said in private, and saved. The message that was the preview."""
    preview = await town.says(town.people[name], command)
    assert preview.buttons, preview.text
    await town.presses(town.people[name], preview, SAVE)
    return preview


async def items(town: Town) -> dict[str, list[int]]:
    """The numbers of each OPD's items that are there."""
    async with town.desk.view() as session:
        query = select(Opd.code, Item.number).join(Item.opd).where(Item.state != State.DROPPED)
        found: dict[str, list[int]] = {}
        for code, number in await session.execute(query.order_by(Opd.code, Item.number)):
            found.setdefault(code, []).append(number)
    return found


async def rows(town: Town, table: type) -> int:
    async with town.desk.view() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def refused(town: Town) -> list[tuple[int | None, str]]:
    async with town.desk.view() as session:
        query = select(Audit.user_id, Audit.subject).where(Audit.verb == "refused")
        return [(user, subject) for user, subject in await session.execute(query)]


async def second_coordinator(town: Town) -> Person:
    maya = town.people["second"] = town.telegram.person("Maya Putri")
    town.people["sari"].adds(maya, town.groups["DIKBUD"])
    await town.appoint(maya, Role.COORDINATOR)
    return maya


async def unlink(town: Town, code: str) -> None:
    async with town.desk.transaction() as session:
        opd = await session.scalar(select(Opd).where(Opd.code == code))
        opd.unlink()


async def end_all(town: Town, name: str) -> None:
    async with town.desk.transaction() as session:
        for one in await people.tenures_of(session, town.people[name].id):
            await tenures.end(session, Act(town.clock.now, f"end:{one.tenure_id}"), one.tenure_id)
