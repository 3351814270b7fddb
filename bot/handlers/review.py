"""The coordinator accepts what an OPD confirmed, or returns it for repair."""

from __future__ import annotations

from bot import messages
from bot.asking import ask
from bot.buttons import SendBack, Verify
from bot.context import Answer, Call
from bot.handlers.numbers import read
from bot.reading.numbers import Numbers
from db import checklist, hearers
from db.models import CONFIRMED
from db.refusal import Refusal
from db.reports import cards, city, reminders

SHORTEST = 10  # characters of a reason


class ReasonTooShort(Refusal):
    """An OPD must be able to mend what was returned."""

    def __init__(self, opd: str) -> None:
        self.opd = opd


async def verify(call: Call) -> Answer:
    return await _act(call, checklist.VERIFY, read(call))


async def verify_pressed(call: Call) -> Answer:
    press: Verify = call.press
    return await _act(call, checklist.VERIFY, Numbers((press.number,), ""))


async def send_back_pressed(call: Call) -> Answer:
    press: SendBack = call.press
    found = await cards.card(call.session, call.of, press.number)
    if found.item.state not in CONFIRMED:
        return await _act(call, checklist.RETURN, Numbers((press.number,), ""))
    return await ask(call, "kembalikan", f"{press.number}:", f"{call.of.code} {press.number}")


async def send_back(call: Call) -> Answer:
    said = read(call)
    if len(said.note) < SHORTEST:
        raise ReasonTooShort(call.of.code)
    return await _act(call, checklist.RETURN, said)


async def _act(call: Call, verb: str, said: Numbers) -> Answer:
    receipt = await checklist.act_on(call.session, verb, call.of, said.numbers, call.act, said.note)
    if receipt.done and await _owe(call, verb) and verb == checklist.RETURN:
        await reminders.hear_past_of(call.session, call.desk.calendar, call.act, call.now)
    unheard = await city.unheard(call.session, [call.of.code])
    text = messages.reviewed(receipt, unheard)
    return Answer(pop_up=text) if call.press and not receipt.done else Answer(text)


async def _owe(call: Call, verb: str) -> bool:
    """Whether the OPD hears of it now: not where it cannot, nor of a second arrival."""
    return await hearers.owe(call.session, call.act, "reviewed", call.of.id, call.now, verb=verb)
