"""Where every item stands: as the database has it, and as the bubbles told it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from db.models import Item, Opd, State
from tests.month.cast import City
from tests.town import WITA

Standing = dict[tuple[str, int], tuple[str, datetime]]
LIVES = timedelta(days=13)
SAME = {"returned": "open"}  # both are to be done; which of them a withdrawal finds is told nowhere


async def of_database(city: City) -> Standing:
    query = select(Opd.code, Item.number, Item.state, Item.due_at).join(Item.opd)
    async with city.town.desk.view() as session:
        rows = await session.execute(query.where(Item.state != State.DROPPED))
        return {(c, n): (_same(s), due.astimezone(WITA)) for c, n, s, due in rows}


def of_bubbles(city: City) -> Standing:
    return {key: (_same(one.state), one.due) for key, one in city.ledger.items.items()}


def of_buttons(city: City) -> set[tuple[str, int]]:
    """What the buttons under the groups' reminders of the last two weeks still confirm. (Who
    blocked the bot meanwhile has old ones.)"""
    since = city.now - LIVES
    reminders = [
        bubble
        for bubble in city.town.telegram.transcript
        if bubble.text.startswith("⏰") and bubble.when > since and not bubble.chat.person
    ]
    data = [
        key.get("callback_data", "") for one in reminders for line in one.keyboard for key in line
    ]
    found = [one.split(":") for one in data if one.startswith("done:")]
    return {(code, int(number)) for _, code, number in found}


def _same(state: str) -> str:
    return SAME.get(str(state), str(state))
