"""Through gate and handler in one transaction, with what the handler wants from outside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

import structlog
from telegram import Update
from telegram.error import TelegramError

from bot import answers, files, messages
from bot.attachment import Attachment, Fetched, FileAway, Wanted
from bot.buttons import Choose, Discard, rows
from bot.context import Answer, Call, Context
from bot.outside import Unseen
from bot.way import Way
from db import drafts
from db.engine import Session
from db.question import Question

Maker = Callable[[Session], Awaitable[Call]]
log = structlog.get_logger(__name__)


async def through(
    update: Update, context: Context, way: Way | list[Way], make: Maker
) -> Answer | None:
    """A file is fetched between two transactions: in the first, gate and handler find out that it
    is wanted, and where, so that nobody without the right makes us fetch anything; it is rolled
    back, and all is done in the second, with the file in hand. The first could not wait for
    Telegram: it keeps everybody else from writing. So it is with a look at a disk (Unseen)."""
    fetched: Fetched | None = None
    seen: Any = None
    while True:
        try:
            return await _once(context, way, make, fetched, seen)
        except Wanted as wanted:
            fetched = await _fetch(update, context, wanted)
        except Unseen as unseen:
            seen = await unseen.look()


async def _once(
    context: Context, way: Way | list[Way], make: Maker, fetched: Fetched | None, seen: Any
) -> Answer | None:
    """One transaction: a tenure that ends meanwhile cannot slip between gate and handler."""
    try:
        async with context.desk.transaction() as session:
            call = replace(await make(session), fetched=fetched, seen=seen)
            taken = way if isinstance(way, Way) else way[0]
            call = await taken.gate(call)
            return await taken.handler(call)
    except Question as question:
        return await _ask(call, taken, question)


async def _fetch(update: Update, context: Context, wanted: Wanted) -> Fetched:
    """For passing trouble the update is held, as it is where an answer does not arrive. Once the
    file is given up, the answer that says so has all tries before it."""
    desk, update_id = context.desk, update.update_id
    if update_id not in desk.fileless:
        try:
            return Fetched(wanted.folder, await files.fetch(context, wanted))
        except TelegramError:
            if desk.tries[update_id] < answers.TRIES:
                raise
            log.exception("A file is given up")
            desk.fileless.add(update_id)
            desk.tries.pop(update_id)
    return Fetched(wanted.folder, FileAway(wanted.attachment.name))


async def _ask(call: Call, way: Way, question: Question) -> Answer:
    """Keep what was said, as of when it was said, and offer the ways in which it can be meant."""
    facts = {"ways": [text for _, text in question.ways], "opds": list(question.opds)}
    facts |= {"file": asdict(call.attachment)} if call.attachment else {}
    async with call.desk.transaction() as session:
        kept = await drafts.keep(session, drafts.QUESTION, call.act, command=way.name, **facts)
    buttons = [[Choose(kept, n).labelled(label)] for n, (label, _) in enumerate(question.ways)]
    said = f"/{way.name} {call.text}" if way.is_command else call.text
    text = messages.question(question, call.opd, said.strip())
    return Answer(text, rows(*buttons, [Discard(kept).labelled("✖️ Batal")]))


def brought(facts: Mapping[str, Any]) -> Attachment | None:
    """The file that came with what is kept so."""
    return Attachment(**facts["file"]) if "file" in facts else None
