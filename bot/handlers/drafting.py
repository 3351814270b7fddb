"""What every preview of a coordinator needs: dates, one-line reasons, and whose draft it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.context import Answer, Call
from bot.gate import Gate, of_city
from bot.reading import dates
from db import chats, drafts
from db.drafts import DraftFacts
from db.due import Due
from db.models import Role
from db.refusal import Refusal

LONGEST = 300  # characters of a title or a reason
COORDINATING = of_city(Role.COORDINATOR)
JOINER = "\u200d"  # of emoji that are made of several

Again = Callable[[Call, DraftFacts], Awaitable[Answer]]


class TooLong(Refusal):
    """More characters than the limit."""

    def __init__(self, limit: int) -> None:
        self.limit = limit


async def saved_before(call: Call, kind: str, again: Again) -> Answer | None:
    """The receipt, for a command that is heard a second time after its preview was saved."""
    draft = await drafts.saved_by(call.session, kind, call.act.source)
    return replace(await again(call, draft), edits=False) if draft else None


async def as_author(call: Call, draft: DraftFacts, gate: Gate = COORDINATING) -> Call:
    """In the post still; what is done has the key of the message that was previewed."""
    call = await gate(call)
    return replace(call, act=replace(call.act, source=f"{draft.source}:saved"))


def due_first(call: Call, text: str) -> tuple[Due, str]:
    """The date with which a text begins, read as of when it was sent, and still to come now."""
    zone = call.desk.settings.timezone
    sent, add = call.act.at.astimezone(zone), call.desk.calendar.add_working_days
    said = dates.when(text, sent, zone.key, add)
    due = Due(said.moment, said.zone)
    due.must_be_after(call.now)
    return due, said.rest


def one_line(text: str, limit: int = LONGEST) -> str:
    """Without line breaks, and without marks that turn the direction of writing."""
    seen = "".join(c for c in text if c.isspace() or c == JOINER or _is_seen(c))
    line = " ".join(seen.split())
    if len(line) > limit:
        raise TooLong(limit)
    return line


async def everyone(call: Call) -> int:
    """How many OPD the city has."""
    return len(await chats.every_opd(call.session))


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
