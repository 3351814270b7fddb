"""Coordinators and the Sekda answer an obstacle, pass it on, and close it."""

from __future__ import annotations

from dataclasses import replace

from bot import anew, keyboards_decisions, messages
from bot.asking import ask
from bot.buttons import Close, Forward, Reply, ShowObstacle
from bot.context import Answer, Call
from bot.handlers import matters
from bot.handlers.drafting import one_line
from bot.reading import obstacles as reading
from db import chats, debts, handovers, hearers, obstacles, owed, people
from db.models import Role
from db.obstacles import ANSWER, CLOSE, ObstacleClosed
from db.refusal import Refusal
from db.reports import city
from db.reports import obstacles as reports
from db.reports.obstacles import ObstacleFacts


class NoAnswer(Refusal):
    """Nothing is said to the OPD."""

    def __init__(self, obstacle: int) -> None:
        self.obstacle = obstacle


class NoSekda(Refusal):
    """Nobody holds that post."""


async def answer(call: Call) -> Answer:
    """/jawab K7 text; without a word, all that is open."""
    if not call.text:
        return await matters.listed(call)
    number, text = reading.numbered(call.text, "jawab")
    told = await reports.obstacle(call.session, number)
    if not text:
        raise NoAnswer(number)
    await obstacles.answer(call.session, call.act, number, one_line(text))
    return await _said(call, told, ANSWER)


async def answer_pressed(call: Call) -> Answer:
    press: Reply = call.press
    told = await reports.obstacle(call.session, press.obstacle)
    if told.is_open:
        about = messages.About(told.opd.code, told.item.number, told.item.title, told.number)
        return await ask(call, "jawab", about)
    if press.listed:
        raise ObstacleClosed(told.number)
    return _as_it_is(call, told, ObstacleClosed(told.number))


async def shown(call: Call) -> Answer:
    """Below the digest that names it."""
    press: ShowObstacle = call.press
    told = await reports.obstacle(call.session, press.obstacle)
    return replace(_as_it_is(call, told), edits=False)


async def close(call: Call) -> Answer:
    """/tutup K7 [text]"""
    number, text = reading.numbered(call.text, "tutup")
    if not await obstacles.close(call.session, call.act, number, one_line(text)):
        raise ObstacleClosed(number)
    return await _said(call, await reports.obstacle(call.session, number), CLOSE)


async def close_pressed(call: Call) -> Answer:
    press: Close = call.press
    is_theirs = await obstacles.close(call.session, call.act, press.obstacle)
    told = await reports.obstacle(call.session, press.obstacle)
    if not is_theirs:
        return _as_it_is(call, told, ObstacleClosed(told.number))
    await _owe(call, told, CLOSE)
    return _as_it_is(call, told)


async def forward_pressed(call: Call) -> Answer:
    """The Sekda hears it at once, once."""
    press: Forward = call.press
    told = await reports.obstacle(call.session, press.obstacle)
    if not told.is_open:
        return _as_it_is(call, told, ObstacleClosed(told.number))
    sekda = await people.holders(call.session, [Role.SEKDA], None)
    if not sekda:
        raise NoSekda
    if await obstacles.forward(call.session, call.act, told.number):
        for one in sekda:
            to, facts = (one.user_id, one.post_id), {"obstacle": told.number}
            debt = debts.letter("obstacle_forwarded", call.act.source, *to, **facts)
            await owed.owe(call.session, debt, call.now)
    return _as_it_is(call, await reports.obstacle(call.session, told.number))


async def _said(call: Call, told: ObstacleFacts, verb: str) -> Answer:
    """Said in the OPD's own group, the receipt is what the OPD hears."""
    told = await reports.obstacle(call.session, told.number)
    step = told.step(verb, call.act.source)
    assert step, "it was just done, or before by this very message"
    keyboard = keyboards_decisions.for_answered(told) if verb == ANSWER else None
    if await _is_theirs(call, told):
        await _owe_coordinators(call, told, verb)
        return Answer(messages.obstacle_told(told, step), keyboard)
    await _owe(call, told, verb)
    unheard = await city.unheard(call.session, [told.opd.code])
    return Answer(messages.obstacle_told(told, step, unheard), keyboard)


async def _is_theirs(call: Call, told: ObstacleFacts) -> bool:
    if call.place.is_private:
        return False
    here = await chats.of_chat(call.session, call.place.chat_id, call.place.topic)
    return bool(here and here.id == told.opd.id)


async def _owe(call: Call, told: ObstacleFacts, verb: str) -> None:
    facts = {"obstacle": told.number, "verb": verb, "said": call.act.source}
    await hearers.owe(call.session, call.act, "obstacle_told", told.opd.id, call.now, **facts)
    await _owe_coordinators(call, told, verb)


async def _owe_coordinators(call: Call, told: ObstacleFacts, verb: str) -> None:
    """They hear what the Sekda said."""
    facts = {"obstacle": told.number, "verb": verb, "said": call.act.source}
    if call.who.role is Role.SEKDA:
        kind, but = "obstacle_told", {call.speaker.user_id}
        await handovers.coordinators(call.session, call.act, kind, but, call.now, **facts)


def _as_it_is(call: Call, told: ObstacleFacts, late: Refusal | None = None) -> Answer:
    """The pressed message shows the obstacle as it is now. `late`: why the press did nothing."""
    may_forward = call.who.role is Role.COORDINATOR
    keyboard = keyboards_decisions.for_obstacle(told, may_forward=may_forward)
    life = anew.of_obstacle(told, may_forward=may_forward)
    said = Answer(messages.obstacle(call.desk, told), keyboard, edits=True, life=life)
    return replace(said, pop_up=messages.refusal(call.desk, late)) if late else said
