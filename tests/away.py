"""Days in fast time: with Telegram or without it, with the bot or without it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update

from bot.ticks import outages
from db.models import Fate, Owed, Tenure
from demo.telegram import Message
from tests.town import Town

A_STEP, HURRIED, NIGHTLY = timedelta(minutes=2), timedelta(minutes=30), timedelta(hours=4)
REPEAT = "Mungkin pesan ulang: pengiriman sebelumnya terputus.\n"


async def begins(town: Town, *moments: datetime) -> int:
    """All goes well at these, and everybody is in their post by then. How much was said until
    then."""
    async with town.desk.transaction() as session:
        since = update(Tenure).where(Tenure.began_at > moments[0])
        await session.execute(since.values(began_at=moments[0]))
    for moment in moments:
        await town.at(moment)
    await outages.beat(town.desk)
    return len(town.telegram.transcript)


async def lives(town: Town, until: datetime) -> None:
    """The bot's life; in longer steps while little can leave."""
    while town.clock.now < until:
        town.clock.now += _step(town)
        await a_moment(town)


def _step(town: Town) -> timedelta:
    """The moment at which the window opens is never missed."""
    now, calendar = town.clock.now, town.desk.calendar
    if calendar.is_open(now):
        return HURRIED if town.telegram.line.is_down else A_STEP
    return min(NIGHTLY, calendar.next_opening(now) - now)


async def a_moment(town: Town) -> None:
    """What waits is heard first; then the clock's wheel turns."""
    if not town.telegram.line.is_down:
        await town.hears()
        await outages.beat(town.desk)
    await town.minute()


async def starts_again(town: Town, moment: datetime) -> None:
    """A new process, after whatever became of the one before."""
    town.clock.now = moment
    await town.restarts()
    await a_moment(town)


def said_since(town: Town, before: int) -> str:
    """Whatever the bot said afterwards, chat by chat as it came."""
    new = [m for m in town.telegram.transcript[before:] if m.sender is town.bot]
    return "\n\n".join(f"[{m.when:%a %d %H.%M}] → {_whose(m)}\n{m.text}" for m in new)


def _whose(message: Message) -> str:
    chat = message.chat
    return chat.title if chat.type != "private" else str(chat.person)


async def owed_of(town: Town, *which: ColumnElement[bool]) -> list[tuple[str, Fate]]:
    """(kind, fate), the oldest first."""
    async with town.desk.view() as session:
        rows = await session.scalars(select(Owed).where(*which).order_by(Owed.id))
        return [(row.kind, row.fate) for row in rows]
