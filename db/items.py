"""One item of an OPD, as somebody named it, that is still to be finished."""

from __future__ import annotations

from sqlalchemy import select

from db.chats import OpdFacts
from db.engine import Session
from db.models import Item, State
from db.refusal import Refusal
from db.reports.cards import NoSuchItem


class NotOpen(Refusal):
    """What is confirmed, or not relevant, needs no obstacle and no later deadline."""

    def __init__(self, number: int, opd: str, state: State) -> None:
        self.number, self.opd, self.state = number, opd, state


async def still_open(session: Session, opd: OpdFacts, number: int) -> Item:
    """NoSuchItem where it does not exist or was dropped, NotOpen where nothing is left to do."""
    query = select(Item).where(Item.opd_id == opd.id, Item.number == number)
    item = await session.scalar(query.where(Item.state != State.DROPPED))
    if item is None:
        raise NoSuchItem(number, opd.name)
    if not item.is_open:
        raise NotOpen(number, opd.name, item.state)
    return item
