"""Which messages follow the state is noted when they arrive; bot.following sees to them."""

from __future__ import annotations

import hashlib
import json

import structlog
from telegram import InlineKeyboardMarkup

from bot.context import Answer, Desk
from db import living
from db.engine import Session, Unavailable
from db.living import Life, Where

MOST = 1000  # messages remembered as changed by a press
log = structlog.get_logger(__name__)


def hashed(text: str, keyboard: InlineKeyboardMarkup | None) -> str:
    """What a message shows: its words (none where the buttons alone follow), and its buttons."""
    buttons = json.dumps(keyboard.to_dict() if keyboard else {}, sort_keys=True)
    words, below = (hashlib.sha256(one.encode()).hexdigest()[:16] for one in (text, buttons))
    return f"{words}:{below}"


def words_of(shown: str) -> str:
    return shown.partition(":")[0]


def buttons_of(shown: str) -> str:
    return shown.partition(":")[2]


async def begin(
    session: Session, desk: Desk, where: Where, said: Answer, life: Life | None
) -> None:
    """It has just arrived there, in the place of what may have stood there before."""
    desk.put_out.pop(where, None)
    if life is None:
        return await living.forget(session, where)
    keyboard = said.keyboard.to_dict() if said.keyboard else {}
    shown = hashed(said.text if life.kind else "", said.keyboard)
    return await living.remember(session, where, life, keyboard, shown, desk.now())


async def note(desk: Desk, where: Where, said: Answer) -> None:
    """An answer arrived, or stands in the place of another message. Where that cannot be noted,
    the message stays as it is."""
    try:
        if said.life is None:
            async with desk.view() as session:
                if not await living.is_known(session, where):
                    return
        async with desk.transaction() as session:
            await begin(session, desk, where, said, said.life)
    except Unavailable:
        log.exception("The database is away: a message will not follow")


def put_out(desk: Desk, where: Where, left: InlineKeyboardMarkup | None) -> None:
    """A press took its own button away: that need not be done again."""
    if len(desk.put_out) >= MOST:
        desk.put_out.clear()
    desk.put_out[where] = buttons_of(hashed("", left))
