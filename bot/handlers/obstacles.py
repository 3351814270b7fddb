"""An OPD says what keeps it from an item, and more of it later."""

from __future__ import annotations

from dataclasses import replace

from bot import messages
from bot.asking import ask
from bot.buttons import Obstruct
from bot.context import Answer, Call
from bot.gate import OF_OPD, of_city, of_opd
from bot.handlers import answering, matters
from bot.handlers.drafting import one_line
from bot.handlers.matters import DECIDING
from bot.reading import obstacles as reading
from bot.reading.obstacles import CATEGORIES, Told
from db import checklist, handovers, obstacles, people
from db.items import still_open
from db.models import Item, Role
from db.question import Question
from db.receipts import Receipt
from db.reports import obstacles as reports


async def report(call: Call) -> Answer:
    """/kendala N text. Words without a category go to the item's open obstacle, if it has one;
    another category begins another. Without a word: what is open."""
    if not call.text:
        return await matters.listed(call)
    known = await obstacles.told_by(call.session, call.act.source)
    return await _received(call, known or await _report(call))


async def report_pressed(call: Call) -> Answer:
    press: Obstruct = call.press
    if not press.number:
        return await ask(call, "kendala", messages.About(call.of.code))
    item = await still_open(call.session, call.of, press.number)
    return await ask(call, "kendala", messages.About(call.of.code, item.number, item.title))


async def replied(call: Call) -> Answer | None:
    """A reply to a message that shows K7 (`call.event`: K7 and what was said) answers it; in
    private its OPD adds words. In a group others talk among themselves."""
    said, roles = str(call.event), {h.role for h in call.speaker.posts}
    if roles & set(DECIDING):
        return await answering.answer(replace(await of_city(*DECIDING)(call), text=said))
    if not call.place.is_private:
        return None
    number, words = reading.numbered(said, "jawab")
    told = await reports.obstacle(call.session, number)
    call = await of_opd(*OF_OPD)(replace(call, opd=told.opd))
    if not await obstacles.told_by(call.session, call.act.source):
        await obstacles.say_more(call.session, call.act, number, one_line(words))
        await _tell(call, number)
    return await _received(call, number)


async def passed(call: Call, receipt: Receipt) -> None:
    """Items are confirmed on which an obstacle is open: it stays so until somebody closes it."""
    numbers = [line.number for line in receipt.done]
    known = await obstacles.open_of(call.session, receipt.opd.id, numbers)
    if known and receipt.verb == checklist.SUBMIT:
        await handovers.coordinators(
            call.session, call.act, "obstacle_passed", (), call.now, obstacles=known
        )


async def _report(call: Call) -> int:
    said = reading.told(call.text)
    text = one_line(said.words)
    item = await still_open(call.session, call.of, said.number)
    known = await obstacles.open_on(call.session, item.id, said.category)
    if known:
        await obstacles.say_more(call.session, call.act, known, text)
    elif said.category:
        known = await obstacles.report(call.session, call.act, item, said.category, text)
    else:
        raise _which(call, said, item)
    await _tell(call, known)
    return known


async def _tell(call: Call, number: int) -> None:
    facts = {"obstacle": number}
    await handovers.coordinators(call.session, call.act, "obstacle", (), call.now, **facts)


def _which(call: Call, said: Told, item: Item) -> Question:
    """The category by a button; the command then says it first."""
    ways = ((c.label, f"{said.number}: {c.words[0]}: {said.words}") for c in CATEGORIES)
    opds = (call.of.id,) * len(CATEGORIES)
    return Question("obstacle", tuple(ways), opds, (item.number, item.title))


async def _received(call: Call, number: int) -> Answer:
    """In the place of the question, where one was asked."""
    told = await reports.obstacle(call.session, number)
    heard = await people.holders(call.session, [Role.COORDINATOR], None)
    more = told.step(obstacles.ADD, call.act.source)
    return Answer(messages.obstacle_received(told, more, len(heard)), edits=True, joins=True)
