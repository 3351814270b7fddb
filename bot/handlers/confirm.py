"""An OPD says that items are finished, or takes that back."""

from __future__ import annotations

from dataclasses import replace

from bot import anew, keyboards, keyboards_evidence, messages
from bot.buttons import Done, Withdraw, WithdrawSome
from bot.context import Answer, Call
from bot.handlers import evidence, obstacles
from bot.handlers.numbers import read
from bot.keyboards_evidence import Where
from bot.reading.numbers import Numbers, links
from db import checklist
from db.receipts import Receipt


async def done(call: Call) -> Answer:
    return await _confirm(call, read(call))


async def done_pressed(call: Call) -> Answer:
    press: Done = call.press
    return await _confirm(call, Numbers((press.number,), ""))


async def withdraw(call: Call) -> Answer:
    return await _withdraw(call, read(call))


async def withdraw_pressed(call: Call) -> Answer:
    press: Withdraw = call.press
    return await _withdraw(call, Numbers((press.number,), ""))


async def withdraw_some_pressed(call: Call) -> Answer:
    """As /batalkan with these numbers."""
    press: WithdrawSome = call.press
    return await withdraw(replace(call, text=press.numbers.replace("_", ", ")))


async def _confirm(call: Call, said: Numbers) -> Answer:
    """A file that cannot be kept keeps nobody from confirming."""
    offered, refusal = await evidence.offered(call, said.numbers, links(said.note))
    receipt = await checklist.act_on(
        call.session, checklist.SUBMIT, call.of, said.numbers, call.act, said.note, offered
    )
    await obstacles.passed(call, receipt)
    why = f"\n{messages.refusal(call.desk, refusal)}" if refusal else ""
    answer = _answer(call, receipt, why)
    album = f"done:{offered.album}" if offered.album else ""  # no later answer speaks of this one
    return replace(answer, album=album)


async def _withdraw(call: Call, said: Numbers) -> Answer:
    receipt = await checklist.act_on(
        call.session, checklist.WITHDRAW, call.of, said.numbers, call.act, said.note
    )
    return _answer(call, receipt)


def _answer(call: Call, receipt: Receipt, why: str = "") -> Answer:
    text = messages.receipt(call.desk, receipt, call.who) + why
    spent = (call.press.pack(),) if call.press else ()
    if call.press and not receipt.done:
        return Answer(pop_up=text, spent=spent)
    where = Where(call.bot_name, call.place.is_private)
    attach = keyboards_evidence.attach_to(call.of.code, receipt.lacking, where)
    life = anew.of_receipt(call, receipt) if not why else None
    keyboard = keyboards.for_receipt(receipt, attach)
    return Answer(text, keyboard, joins=True, spent=spent, life=life)
