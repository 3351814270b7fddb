"""The coordinator accepts what an OPD confirmed, or returns it for repair."""

from __future__ import annotations

from datetime import timedelta

from bot import messages
from bot.asking import ask
from bot.buttons import Exclude, Include, SendBack, Verify
from bot.context import Answer, Call
from bot.handlers.numbers import read
from bot.reading.numbers import Numbers
from db import checklist, heard, hearers
from db.receipts import Receipt
from db.refusal import Refusal
from db.reports import cards, city

SHORTEST = 10  # characters of a reason
GATHER = timedelta(minutes=10)  # what is accepted one by one is told together


class ReasonTooShort(Refusal):
    """An OPD must be able to mend what was returned."""

    def __init__(self, opd: str) -> None:
        self.opd = opd


class NotRelevantWhy(Refusal):
    """An OPD must be able to understand why it need not finish an item."""

    def __init__(self, opd: str) -> None:
        self.opd = opd


async def verify(call: Call) -> Answer:
    return await _act(call, checklist.VERIFY, read(call))


async def verify_pressed(call: Call) -> Answer:
    press: Verify = call.press
    return await _act(call, checklist.VERIFY, Numbers((press.number,), ""))


async def send_back_pressed(call: Call) -> Answer:
    press: SendBack = call.press
    return await _ask(call, checklist.RETURN, "kembalikan", press.number)


async def send_back(call: Call) -> Answer:
    said = read(call)
    if len(said.note) < SHORTEST:
        raise ReasonTooShort(call.of.code)
    return await _act(call, checklist.RETURN, said)


async def exclude_pressed(call: Call) -> Answer:
    press: Exclude = call.press
    return await _ask(call, checklist.EXCLUDE, "tidak_relevan", press.number)


async def exclude(call: Call) -> Answer:
    said = read(call)
    if len(said.note) < SHORTEST:
        raise NotRelevantWhy(call.of.code)
    return await _act(call, checklist.EXCLUDE, said)


async def include_pressed(call: Call) -> Answer:
    press: Include = call.press
    return await _act(call, checklist.INCLUDE, Numbers((press.number,), ""))


async def include(call: Call) -> Answer:
    return await _act(call, checklist.INCLUDE, read(call))


async def act_on(call: Call, verb: str, said: Numbers) -> Receipt:
    """The OPD hears of what was said at once; of what is pressed one by one, together."""
    receipt = await checklist.act_on(call.session, verb, call.of, said.numbers, call.act, said.note)
    if receipt.done and await _owe(call, verb) and verb in checklist.REOPENING:
        await heard.count_past_of(call.session, call.desk.calendar, call.act, verb, call.now)
    return receipt


async def _act(call: Call, verb: str, said: Numbers) -> Answer:
    receipt = await act_on(call, verb, said)
    unheard = await city.unheard(call.session, [call.of.code])
    text = messages.reviewed(receipt, unheard)
    return Answer(pop_up=text) if call.press and not receipt.done else Answer(text)


async def _ask(call: Call, verb: str, command: str, number: int) -> Answer:
    """For the reason, where the item allows it now; else what its state is."""
    found = await cards.card(call.session, call.of, number)
    if found.item.state not in checklist.MAY[verb]:
        return await _act(call, verb, Numbers((number,), ""))
    return await ask(call, command, messages.About(call.of.code, number, found.item.title))


async def _owe(call: Call, verb: str) -> bool:
    """Whether the OPD hears of it now: not where it cannot, nor of a second arrival."""
    session, opd = call.session, call.of.id
    if call.press and verb == checklist.VERIFY:
        when = call.now + GATHER
        return await hearers.owe_gathered(session, call.act, "reviewed", opd, when, verb=verb)
    return await hearers.owe(session, call.act, "reviewed", opd, call.now, verb=verb)
