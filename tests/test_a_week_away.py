"""A week without Telegram, and a week without the bot: what is sent afterwards, to the letter.

From Monday, 9 November, 12.00 to Monday, 16 November, 9.00. Deadlines pass meanwhile.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.ticks import outages
from db.models import Fate, Owed, State
from demo.telegram import Message
from tests import golden
from tests.questions import count, state
from tests.town import Town, wita

WENT, CAME = wita(11, 9, 12, 0), wita(11, 16, 9, 0)
A_STEP, HURRIED = timedelta(minutes=2), timedelta(minutes=30)


async def begins(town: Town) -> None:
    """Friday's digest and Monday's reminders went well; then all is quiet until noon."""
    for moment in (wita(11, 6, 16, 0), wita(11, 9, 8, 0), WENT):
        await town.at(moment)
    await outages.beat(town.desk)
    town.telegram.bubbles_before = len(town.telegram.transcript)  # type: ignore[attr-defined]


async def lives(town: Town, until: datetime) -> None:
    """The bot's life in fast time."""
    while town.clock.now < until:
        town.clock.now += HURRIED if town.telegram.line.is_down else A_STEP
        await receives(town)
        await town.minute()


async def receives(town: Town) -> None:
    if not town.telegram.line.is_down:
        await town.hears()
        await outages.beat(town.desk)


def said_since(town: Town) -> str:
    """Whatever the bot said after it came back, chat by chat as it came."""
    since: int = town.telegram.bubbles_before  # type: ignore[attr-defined]
    new = town.telegram.transcript[since:]
    return "\n\n".join(
        f"[{m.when:%a %d %H.%M}] → {_whose(m)}\n{m.text}" for m in new if m.sender is town.bot
    )


def _whose(message: Message) -> str:
    chat = message.chat
    return chat.title if chat.type != "private" else str(chat.person)


async def what_is_left(town: Town) -> list[tuple[str, Fate]]:
    """What the clock owed and never sent: its day went by."""
    async with town.desk.view() as session:
        query = select(Owed).where(Owed.fate != Fate.SENT, Owed.day.is_not(None))
        return [(row.key, row.fate) for row in await session.scalars(query)]


def asked_on_the_way(town: Town) -> None:
    """Sari confirms while nobody hears: on Wednesday, which Telegram forgets after a day, and
    an hour before all is well again."""
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    town.clock.now = wita(11, 11, 10, 0)
    sari.says("/done@tuntas_bot 1", to=dikbud)
    town.clock.now = CAME - timedelta(hours=1)
    sari.says("/done@tuntas_bot 2", to=dikbud)
    town.people["dewi"].says("/done@tuntas_bot 3", to=dikbud)


async def test_a_week_without_the_bot(town: Town) -> None:
    await begins(town)
    asked_on_the_way(town)
    town.clock.now = CAME
    await town.restarts()
    await town.hears()
    await outages.beat(town.desk)
    await town.minute()
    await lives(town, until=wita(11, 16, 18, 0))

    assert await state(town, "DIKBUD", 1) is State.OPEN  # Telegram keeps a message for a day
    assert await count(town, "submit") == 2
    golden.check("week-without-bot", said_since(town))


async def test_a_week_without_telegram(town: Town) -> None:
    await begins(town)
    town.telegram.down()
    await lives(town, until=wita(11, 11, 10, 0))
    asked_on_the_way(town)
    await lives(town, until=CAME - timedelta(minutes=1))
    town.telegram.up()
    await lives(town, until=wita(11, 16, 18, 0))

    assert await state(town, "DIKBUD", 1) is State.OPEN
    assert await count(town, "submit") == 2
    golden.check("week-without-telegram", said_since(town))
    left = await what_is_left(town)
    assert {fate for _, fate in left} == {Fate.FAILED}
    assert {key.split(":")[0] for key, _ in left} == {"reminder", "digest"}
    assert {key[-10:] for key, _ in left} <= {f"2026-11-{day:02}" for day in range(9, 14)}
