"""An OPD says that items are finished, or takes that back."""

from __future__ import annotations

from bot import buttons, messages
from bot.buttons import Done, Withdraw
from bot.context import Answer, Call
from bot.reading.numbers import Ambiguous, Numbers, links, numbers, ranges
from db import checklist
from db.question import Question


async def done(call: Call) -> Answer:
    said = _read(call)
    return await _act(call, checklist.SUBMIT, said)


async def done_pressed(call: Call) -> Answer:
    press: Done = call.press
    return await _act(call, checklist.SUBMIT, Numbers((press.number,), ""))


async def withdraw(call: Call) -> Answer:
    return await _act(call, checklist.WITHDRAW, _read(call))


async def withdraw_pressed(call: Call) -> Answer:
    press: Withdraw = call.press
    return await _act(call, checklist.WITHDRAW, Numbers((press.number,), ""))


async def _act(call: Call, verb: str, said: Numbers) -> Answer:
    receipt = await checklist.act_on(
        call.session, verb, call.of, said.numbers, call.act, said.note, links(said.note)
    )
    text = messages.receipt(call.desk, receipt, call.who)
    if call.press and not receipt.done:
        return Answer(pop_up=text)
    return Answer(text, buttons.for_receipt(receipt))


def _read(call: Call) -> Numbers:
    """The numbers that were said; where they can be meant in two ways, the question."""
    said = numbers(call.text)
    if isinstance(said, Ambiguous):
        raise Question(
            "numbers", tuple(_way(call.of.code, one) for one in (said.first, said.second))
        )
    return said


def _way(code: str, said: Numbers) -> tuple[str, str]:
    listed = ranges(said.numbers)
    label = f"{listed}, catatan: {said.note}"[:60] if said.note else listed
    return label, f"{code} {', '.join(map(str, said.numbers))}: {said.note}"
