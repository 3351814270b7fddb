"""An OPD says that items are finished, or takes that back."""

from __future__ import annotations

from bot import keyboards, messages
from bot.buttons import Done, Withdraw
from bot.context import Answer, Call
from bot.handlers import obstacles
from bot.handlers.numbers import read
from bot.reading.numbers import Numbers, links
from db import checklist
from db.pieces import Offered


async def done(call: Call) -> Answer:
    return await _act(call, checklist.SUBMIT, read(call))


async def done_pressed(call: Call) -> Answer:
    press: Done = call.press
    return await _act(call, checklist.SUBMIT, Numbers((press.number,), ""))


async def withdraw(call: Call) -> Answer:
    return await _act(call, checklist.WITHDRAW, read(call))


async def withdraw_pressed(call: Call) -> Answer:
    press: Withdraw = call.press
    return await _act(call, checklist.WITHDRAW, Numbers((press.number,), ""))


async def _act(call: Call, verb: str, said: Numbers) -> Answer:
    offered = Offered(links(said.note))
    receipt = await checklist.act_on(
        call.session, verb, call.of, said.numbers, call.act, said.note, offered
    )
    await obstacles.passed(call, receipt)
    text = messages.receipt(call.desk, receipt, call.who)
    spent = (call.press.pack(),) if call.press else ()
    if call.press and not receipt.done:
        return Answer(pop_up=text, spent=spent)
    return Answer(text, keyboards.for_receipt(receipt), joins=True, spent=spent)
