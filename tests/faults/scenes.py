"""Somebody is owed a message, or asks, or presses, while something goes wrong; and what came of
it, as the make-believe Telegram's transcript and the database tell it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import select

from bot import receive, send
from bot.context import Context
from db import chats
from db.engine import Unavailable
from db.models import Owed
from demo.telegram import Chat, Message
from tests.faults import base
from tests.faults.wire import Fault, beset, topic_of
from tests.questions import count
from tests.shown import when_shown
from tests.town import Town

REPEAT = "Mungkin pesan ulang"
SORRY = "Terjadi gangguan"
TOLD = ("Grup berikut tidak dapat dihubungi lagi", "tidak dapat dikirim", "dihapus atau ditutup")
MINUTES = (0, 1, 2, 3, 4, 6, 8, 12, 30, 90)


class Owing(NamedTuple):
    """What became of a message that was owed. `tries` to say it in the group; `seen` there, of
    these `marked` as perhaps a repeat; `instead` to the secretary; `told`: the coordinator, that
    the group or topic is lost or the message is none that Telegram takes."""

    fate: str = "sent"
    tries: int = 2
    seen: int = 1
    marked: int = 0
    instead: int = 0
    told: int = 0
    trouble: str = ""


class Answering(NamedTuple):
    """What became of a command or press. `effects` in the database, `answers` that were seen (of
    these `sorry`), `turns`: how often the update was taken in, `waiting` whether it still is."""

    effects: int = 1
    answers: int = 1
    sorry: int = 0
    turns: int = 2
    waiting: bool = False


class Popping(NamedTuple):
    """What became of a press that is answered by a pop-up alone."""

    answered: bool = True
    turns: int = 2
    waiting: bool = False


class Fetching(NamedTuple):
    """What became of a command whose fetching went wrong so often (`failed`)."""

    failed: int = 1
    effects: int = 1
    answers: int = 1
    waiting: bool = False


def shown(fared: Owing | Answering | Popping | Fetching) -> str:
    """`fate sent, tries 2, seen 1`: what is nothing is left out."""
    return ", ".join(f"{key} {value}" for key, value in fared._asdict().items() if value)


async def reminder(town: Town, fault: Fault) -> Owing:
    await settle(town, fault)
    beset(town, fault, "sendMessage", town.groups["DIKBUD"].id)
    await pass_by(town)
    return await owing(town, "reminder:DIKBUD:2026-11-24", "⏰")


async def notice(town: Town, fault: Fault) -> Owing:
    await settle(town, fault)
    await town.says(town.people["dewi"], "/done 3")
    beset(town, fault, "sendMessage", town.groups["DIKBUD"].id)
    rudi = town.people["coordinator"]
    await town.says(rudi, "/kembalikan DIKBUD 3 foto ruang tunggu belum terlihat")
    await pass_by(town)
    return await owing(town, "reviewed:%", "Yang perlu diperbaiki")


async def command(town: Town, fault: Fault) -> Answering:
    await settle(town, fault)
    group = town.groups["DIKBUD"]
    beset(town, fault, "sendMessage", group.id)
    topic = topic_of(town) if fault.in_topic else None
    town.people["sari"].says("/done@tuntas_bot 3", to=group, topic=topic)
    return await answering(town)


async def press(town: Town, fault: Fault) -> Answering:
    """The receipt of a press meets the fault."""
    await settle(town, fault)
    await town.minute()
    group = town.groups["DIKBUD"]
    beset(town, fault, "sendMessage", group.id)
    town.people["sari"].presses(reminder_in(town), "✅ 1")
    return await answering(town)


async def pressed(town: Town, fault: Fault) -> Answering:
    """The end of a press meets the fault: its button goes on spinning, or not."""
    await town.minute()
    beset(town, fault, "answerCallbackQuery")
    town.people["sari"].presses(reminder_in(town), "✅ 1")
    return await answering(town)


async def refusal(town: Town, fault: Fault) -> Popping:
    """All that a press brings is a pop-up, and this meets the fault."""
    await town.minute()
    beset(town, fault, "answerCallbackQuery")
    seen = town.people["stranger"].presses(reminder_in(town), "✅ 1")
    turns = await taken_in(town)
    return Popping(seen.answered, turns, bool(town.bot.queue.waiting))


async def fetching(town: Town, fault: Fault) -> Fetching:
    """A command waits, and fetching it meets the fault."""
    await settle(town)
    group = town.groups["DIKBUD"]
    before = len(bubbles(town, group))
    beset(town, replace(fault, lasts=False), "getUpdates")
    town.people["sari"].says("/done@tuntas_bot 3", to=group)
    stop = asyncio.Event()
    with when_shown(town, stop.set):
        await receive.forever(town.app, town.offset, stop)
    said = len(bubbles(town, group)) - before
    calls = [call for call in town.telegram.calls if call.method == "getUpdates"]
    failed = sum(bool(call.code != 200 or call.description) for call in calls)
    return Fetching(failed, await count(town, "submit"), said, bool(town.bot.queue.waiting))


async def unclaimed(town: Town, fault: str) -> Owing:
    """The database is away when it is the message's turn."""
    await settle(town)
    await town.ticks()
    with base.away(town, fault):
        for _ in range(2):
            with suppress(*Unavailable):
                await town.sends()
    await pass_by(town)
    return await owing(town, "reminder:DIKBUD:2026-11-24", "⏰")


async def unsettled(town: Town, fault: str) -> Owing:
    """The database goes away once Telegram took the message, and comes back."""
    await settle(town)
    await town.ticks()
    away = base.Base(town, fault, tries=3)
    with when_shown(town, away.begin):
        await send.drain(Context(town.app), asyncio.Event())
    await pass_by(town)
    return await owing(town, "reminder:DIKBUD:2026-11-24", "⏰")


async def commanded(town: Town, fault: str) -> Answering:
    await settle(town)
    town.people["sari"].says("/done@tuntas_bot 3", to=town.groups["DIKBUD"])
    return await unheard(town, fault)


async def pushed(town: Town, fault: str) -> Answering:
    await town.minute()
    town.people["sari"].presses(reminder_in(town), "✅ 1")
    return await unheard(town, fault)


async def unheard(town: Town, fault: str) -> Answering:
    """The database is away for two turns, and comes back."""
    before = len(bubbles(town, town.groups["DIKBUD"]))
    with base.away(town, fault):
        await town.hears()
        await town.hears()
    return await answering(town, before)


def reminder_in(town: Town) -> Message:
    return next(m for m in town.said_in(town.groups["DIKBUD"]) if "⏰" in m.text)


async def settle(town: Town, fault: Fault | None = None) -> None:
    """Setting the stage owed something too; and the OPD may work in a topic."""
    if fault and fault.in_topic:
        sari, rudi = town.people["sari"], town.people["coordinator"]
        forum = town.groups["DIKBUD"] = sari.upgrades(town.groups["DIKBUD"], forum=True)
        rudi.says("/hubungkan@tuntas_bot DIKBUD", topic=sari.opens_topic(forum, "Tenggat"))
        await town.hears()
    await town.sends()


async def pass_by(town: Town) -> None:
    start = town.clock.now
    for minutes in MINUTES:
        town.clock.now = start + timedelta(minutes=minutes)
        await town.hears()
        await town.minute()


async def owing(town: Town, key: str, words: str) -> Owing:
    async with town.desk.view() as session:
        row = (await session.scalars(select(Owed).where(Owed.key.like(key)))).first()
        opd = await chats.by_code(session, "DIKBUD")
    assert row
    assert opd
    group, rudi = town.groups["DIKBUD"], town.people["coordinator"]
    said = [m.text for m in bubbles(town, group) if words in m.text]
    return Owing(
        fate=row.fate.value,
        tries=_tries(town, group, words),
        seen=len(said),
        marked=sum(text.startswith(REPEAT) for text in said),
        instead=sum(words in m.text for m in town.said_to(town.people["sari"])),
        told=sum(any(words in m.text for words in TOLD) for m in town.said_to(rudi)),
        trouble=opd.chat_trouble,
    )


async def answering(town: Town, before: int | None = None) -> Answering:
    """`before`: how many bubbles there were before it was said; None: as many as now."""
    group = town.groups["DIKBUD"]
    before = len(bubbles(town, group)) if before is None else before
    turns = await taken_in(town)
    said = [m.text for m in bubbles(town, group)][before:]
    return Answering(
        effects=await count(town, "submit"),
        answers=len(said),
        sorry=sum(SORRY in text for text in said),
        turns=turns,
        waiting=bool(town.bot.queue.waiting),
    )


async def taken_in(town: Town) -> int:
    """In how many turns all that waits was taken in; after five we give up."""
    turns = 0
    while town.bot.queue.waiting and turns < 5:
        await town.hears()
        turns += 1
    return turns


def bubbles(town: Town, group: Chat) -> list[Message]:
    """What the bot said there, under its old id and its new one; a topic deleted since or not."""
    both = (group, group.upgraded_to)
    return [b for chat in both if chat for b in chat.bubbles if b.sender is town.bot]


def _tries(town: Town, group: Chat, words: str) -> int:
    ids = {str(chat.id) for chat in (group, group.upgraded_to) if chat}
    asked = [call.params for call in town.telegram.calls if call.method == "sendMessage"]
    return sum(str(to["chat_id"]) in ids and words in to["text"] for to in asked)
