"""The queue that a coordinator walks: accept or return, then the next."""

from __future__ import annotations

from dataclasses import replace

from bot import keyboards_city, messages
from bot.buttons import Accept, AcceptAll, Queue
from bot.context import Answer, Call
from bot.handlers import review
from bot.keyboards_evidence import Where, on_card
from bot.reading.numbers import Numbers
from db import checklist
from db.reports import queue
from db.reports.queue import Place


async def verify(call: Call) -> Answer:
    """/verifikasi DINKES 3; without numbers, the queue of the OPD or of all."""
    if call.text:
        return await review.verify(call)
    return await show(call, call.opd.code if call.opd else "")


async def show(call: Call, scope: str, after: Place = ("", 0)) -> Answer:
    """`scope`: an OPD's code; empty for all of them."""
    found = await queue.queue(call.session, scope, after)
    where = Where(call.bot_name, call.place.is_private)
    proofs = on_card(found.card, where, may_attach=False, may_read=True) if found.card else []
    keyboard = keyboards_city.for_queue(found, scope, proofs)
    return Answer(messages.queue(call.desk, found, scope), keyboard, edits=call.press is not None)


async def turned(call: Call) -> Answer:
    press: Queue = call.press
    return await show(call, _scope(press), (press.opd, press.number))


async def accepted(call: Call) -> Answer:
    press: Accept = call.press
    said = Numbers((press.number,), "")
    return await _and_next(call, _scope(press), said)


async def all_accepted(call: Call) -> Answer:
    press: AcceptAll = call.press
    numbers = await queue.numbers(call.session, call.of.id, press.until)
    return await _and_next(call, _scope(press), Numbers(numbers, ""))


def _scope(press: Queue | Accept | AcceptAll) -> str:
    return press.opd if press.only else ""


async def _and_next(call: Call, scope: str, said: Numbers) -> Answer:
    """What could not be verified, since somebody changed it meanwhile, is told in a pop-up."""
    receipt = await review.act_on(call, checklist.VERIFY, said)
    shown = await show(call, scope, (call.of.code, max(said.numbers, default=0)))
    is_news = len(receipt.done) < len(said.numbers) or not said.numbers
    return replace(shown, pop_up=messages.reviewed(receipt) if is_news else "")
