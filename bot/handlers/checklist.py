"""An OPD's list as pages of buttons, each opening an item's card."""

from __future__ import annotations

import re
from dataclasses import replace

from bot import anew, keyboards, keyboards_evidence, messages
from bot.buttons import Card, Page
from bot.context import Answer, Call
from bot.gate import LEADS, OF_OPD
from bot.keyboards_evidence import Where
from bot.way import Handler
from db import living
from db.models import Role
from db.reports import cards
from db.reports.decisions import pending

NUMBER = re.compile(r"#?([0-9]{1,6})", re.ASCII)


async def listing(call: Call) -> Answer:
    """/daftar: the first page; /daftar 3: the card of item 3."""
    if match := NUMBER.fullmatch(call.text):
        return await _card(call, int(match[1]))
    return await _page(call, 1)


async def page(call: Call) -> Answer:
    press: Page = call.press
    return await _page(call, press.page)


async def opened(call: Call) -> Answer:
    """Below a receipt or a reminder, which stays as it is."""
    return replace(await _page(call, 1), edits=False)


async def card(call: Call) -> Answer:
    press: Card = call.press
    return await _card(call, press.number)


def on_card(handler: Handler) -> Handler:
    """What was pressed on a card, or asked for from one, shows on it afterwards; in the latter case
    while the card is still there."""

    async def run(call: Call) -> Answer | None:
        said = await handler(call)
        number = getattr(call.press, "number", 0) or _number(call.text)
        if said is None or not (call.card and call.opd and number) or said.asks:
            return said
        shown = await _card(call, number)
        where = call.place.chat_id, call.card
        if not call.press and not (
            shown.life and await living.is_of(call.session, where, shown.life)
        ):
            return said
        return replace(said, card=(call.card, shown))

    return run


async def _is_there_still(call: Call, shown: Answer) -> bool:
    assert shown.life, "every card has one"
    return await living.is_of(call.session, (call.place.chat_id, call.card), shown.life)


async def _page(call: Call, number: int) -> Answer:
    found = await cards.page(call.session, call.of, number, call.now)
    text = messages.listing(call.desk, found)
    return Answer(text, keyboards.for_page(found, call.now), edits=call.press is not None)


async def _card(call: Call, number: int) -> Answer:
    found = await cards.card(call.session, call.of, number)
    found = replace(found, pending=await pending(call.session, found.item.id, call.now))
    where, holds = Where(call.bot_name, call.place.is_private), _holds(call)
    may_read = call.holder is not None
    proofs = keyboards_evidence.on_card(found, where, may_attach=holds, may_read=may_read)
    acts = keyboards.for_card(
        found, proofs, may_confirm=holds, may_review=_reviews(call), may_postpone=_leads(call)
    )
    text, life = messages.card(call.desk, found), anew.of_card(found)
    return Answer(text, acts, edits=call.press is not None, life=life)


def _number(text: str) -> int:
    """Of the item that a card is of, as its question begins (bot.asking)."""
    match = NUMBER.match(text)
    return int(match[1]) if match else 0


def _holds(call: Call) -> bool:
    return bool(call.holder and call.holder.role in OF_OPD)


def _leads(call: Call) -> bool:
    return bool(call.holder and call.holder.role in LEADS)


def _reviews(call: Call) -> bool:
    return any(h.role is Role.COORDINATOR for h in call.speaker.posts)
