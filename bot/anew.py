"""Messages that show one thing, written anew as it is now. None for the buttons: those that it
began with stay, as far as they have a use."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from telegram import InlineKeyboardMarkup

from bot import keyboards, keyboards_centre, keyboards_decisions, keyboards_evidence, messages
from bot.context import Answer, Call, Desk
from bot.keyboards_evidence import Where
from db import chats, people
from db.engine import Session
from db.living import Life
from db.receipts import Receipt
from db.reports import cards, extensions, instructions, matters, obstacles, told
from db.reports.cards import Card
from db.reports.decisions import pending
from db.reports.extensions import ExtensionFacts
from db.reports.obstacles import ObstacleFacts

A_DAY = timedelta(days=1)
Facts = Mapping[str, Any]
Writer = Callable[[Desk, Session, Facts], Awaitable[Answer]]


def of_obstacle(told: ObstacleFacts, *, may_forward: bool) -> Life:
    return Life(told.opd.id, "obstacle", {"number": told.number, "may_forward": may_forward})


def of_extension(asked: ExtensionFacts) -> Life:
    return Life(asked.opd.id, "extension", {"id": asked.id})


def of_instruction(opd_id: int, instruction: int) -> Life:
    return Life(opd_id, "instruction", {"opd": opd_id, "id": instruction})


def of_card(card: Card) -> Life:
    return Life(card.opd.id, "card", {"opd": card.opd.id, "number": card.item.number})


def of_receipt(call: Call, receipt: Receipt) -> Life | None:
    """While evidence is missing of all that it confirmed."""
    if not receipt.lacking or receipt.not_done or receipt.pieces:
        return None
    facts = {
        "opd": receipt.opd.id,
        "numbers": [line.number for line in receipt.lines],
        "still_open": receipt.still_open,
        "at": receipt.at.isoformat(),
        "by": call.who.tenure_id,
        "bot": call.bot_name,
        "is_private": call.place.is_private,
    }
    return Life(receipt.opd.id, "receipt", facts)


def of_matters(opd_id: int | None, page: int, *, may_decide: bool) -> Life:
    facts = {"opd": opd_id, "page": page, "may_decide": may_decide}
    return Life(opd_id, "matters", facts, A_DAY)


async def begun(desk: Desk, session: Session, life: Life) -> Answer:
    """As it is now, to follow from now on."""
    return replace(await WRITERS[life.kind](desk, session, life.facts), life=life)


async def _obstacle(desk: Desk, session: Session, facts: Facts) -> Answer:
    found = await obstacles.obstacle(session, facts["number"])
    keyboard = keyboards_decisions.for_obstacle(found, may_forward=facts["may_forward"])
    return Answer(messages.obstacle(desk, found), keyboard)


async def _extension(desk: Desk, session: Session, facts: Facts) -> Answer:
    asked = await extensions.extension(session, facts["id"], desk.now())
    return Answer(messages.extension(desk, asked), keyboards_decisions.for_extension(asked))


async def _instruction(desk: Desk, session: Session, facts: Facts) -> Answer:
    opd = await chats.by_id(session, facts["opd"])
    found = await instructions.told(session, facts["id"], opd.id)
    keyboard = keyboards_centre.for_instruction(opd.code, found)
    return Answer(messages.instruction(desk, opd, found), keyboard)


async def _matters(desk: Desk, session: Session, facts: Facts) -> Answer:
    """Also where none is left: then without any buttons."""
    opd = await chats.by_id(session, facts["opd"]) if facts["opd"] else None
    may_decide = facts["may_decide"]
    found = await matters.matters(session, desk.calendar, desk.now(), facts["page"], facts["opd"])
    scope = opd.code if opd else keyboards_decisions.ALL
    keyboard = keyboards_decisions.for_matters(found, scope, may_decide=may_decide)
    text = messages.matters(desk, found, opd, may_decide=may_decide)
    return Answer(text, keyboard or InlineKeyboardMarkup(()))


async def _card(desk: Desk, session: Session, facts: Facts) -> Answer:
    opd = await chats.by_id(session, facts["opd"])
    found = await cards.card(session, opd, facts["number"])
    found = replace(found, pending=await pending(session, found.item.id, desk.now()))
    return Answer(messages.card(desk, found))


async def _receipt(desk: Desk, session: Session, facts: Facts) -> Answer:
    at, numbers = datetime.fromisoformat(facts["at"]), facts["numbers"]
    receipt = await told.confirmed(session, facts["opd"], numbers, facts["still_open"], at)
    by = await people.holder(session, facts["by"])
    assert by, "a tenure stays, also one that ended"
    where = Where(facts["bot"], facts["is_private"])
    attach = keyboards_evidence.attach_to(receipt.opd.code, receipt.lacking, where)
    return Answer(messages.receipt(desk, receipt, by), keyboards.for_receipt(receipt, attach))


WRITERS: dict[str, Writer] = {
    "card": _card,
    "extension": _extension,
    "instruction": _instruction,
    "matters": _matters,
    "obstacle": _obstacle,
    "receipt": _receipt,
}
