"""How much of an answer was given: known here at once, and on disk before another one leaves."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import structlog
from telegram import Message

from bot import living
from bot.context import Answer, Desk, Said
from bot.stopping import pause
from db import given
from db.engine import Unavailable

ALL = 1_000_000  # of an answer's messages were given
AGAIN = 1.0  # seconds until it is tried again to note that one was
Shown = tuple[Message, Answer]  # where an answer stands, and what
log = structlog.get_logger(__name__)


def was_given(desk: Desk, update_id: int) -> bool:
    return desk.given[update_id] == ALL


def forget(desk: Desk, some: Collection[Said]) -> None:
    """Other words are tried, from their first message on."""
    for said in some:
        if not was_given(desk, said.update_id):
            desk.given.pop(said.update_id, None)


async def note(
    desk: Desk, updates: Sequence[int], messages: int, shown: Shown | None = None
) -> None:
    """So many messages of the answer to these were given; `shown` follows the state from now on.
    Until that is on disk no other answer leaves; if we are to stop before, none does any more."""
    for update_id in updates:
        desk.given[update_id] = messages
    with desk.answering.noting():
        while not await _is_noted(desk, updates, messages, shown):
            if desk.pace.closing.is_set():
                desk.answering.is_stuck = True
                return
            await pause(desk.pace.closing, AGAIN)


async def _is_noted(desk: Desk, updates: Sequence[int], messages: int, shown: Shown | None) -> bool:
    try:
        async with desk.transaction(urgent=True) as session:
            await given.note(session, updates, messages, desk.now())
            if shown:
                message, said = shown
                where = (message.chat.id, message.message_id)
                await living.begin(session, desk, where, said, said.life)
    except Unavailable as away:
        log.error("The database is away: no answer leaves until it is back", trouble=str(away))
        return False
    return True
