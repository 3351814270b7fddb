"""An answer in its messages, one after the other, each noted as given: what arrived before the line
broke, or before a crash, is not said again when its update comes again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

import structlog
from telegram import MaybeInaccessibleMessage, Message
from telegram.error import TelegramError

from bot import failing, living, messages, saying, talk
from bot.context import Answer, Context, Desk, Place, Said
from bot.noting import ALL, note, was_given
from bot.parts import in_parts
from db import reach
from db.engine import Unavailable
from db.living import Life

Say = Callable[[], Awaitable[Message | None]]
log = structlog.get_logger(__name__)


async def give(context: Context, some: Sequence[Said]) -> None:
    """Answers of one chat: those that join are one message for each place, in the order of the
    commands. Raises the TelegramError after which they come again, or are worded otherwise."""
    waiting = [said for said in some if not was_given(context.desk, said.update_id)]
    for where in dict.fromkeys(said.place for said in waiting):
        here = [said for said in waiting if said.place == where]
        try:
            await _in_place(context, where, here)
        except TelegramError as trouble:
            if failing.comes_again(trouble) or failing.is_our_fault(trouble):
                raise
            await _lose(context.desk, here, trouble)


async def _in_place(context: Context, where: Place, here: Sequence[Said]) -> None:
    if len(here) == 1:
        await _alone(context, here[0])
    else:
        await _together(context, where, here)
    await _heal(context, here[-1])


async def _lose(desk: Desk, here: Sequence[Said], trouble: TelegramError) -> None:
    """It may have arrived, or never will: it is not said again, and holds up no other topic."""
    updates = [said.update_id for said in here]
    log.error("An answer was not taken", trouble=str(trouble), updates=updates)
    await note(desk, updates, ALL)


async def _together(context: Context, where: Place, here: Sequence[Said]) -> None:
    spoken = _spoken(here)
    alone = spoken[0].answer if len(spoken) == 1 else Answer(messages.together(spoken))
    says = [partial(saying.message, context, where, part) for part in _parts(alone)]
    await _each(context.desk, where, [said.update_id for said in here], says)


async def _alone(context: Context, said: Said) -> None:
    answer = said.answer
    if answer.file:
        document = partial(saying.document, context, said.place, answer)
        await _each(context.desk, said.place, [said.update_id], [document])
    elif answer.edits and (query := said.update.callback_query):
        first, *more = in_parts(answer.text)
        shown = replace(answer, text=first, keyboard=None, life=None) if more else answer
        if not await saying.edit(query, shown):
            await _aloud(context, said)
        else:
            await _stands(context.desk, query.message, shown)
            if more:
                rest = replace(answer, text="\n".join(more), life=_of_buttons(answer))
                await _aloud(context, replace(said, answer=rest))
        context.desk.given[said.update_id] = ALL
    else:
        await _aloud(context, said)


async def _aloud(context: Context, said: Said) -> None:
    to = saying.answered(said)
    parts = _parts(said.answer)
    says = [partial(saying.message, context, said.place, part, to) for part in parts]
    await _each(context.desk, said.place, [said.update_id], says, parts[-1])


async def _stands(desk: Desk, message: MaybeInaccessibleMessage | None, said: Answer) -> None:
    if message:
        await living.note(desk, (message.chat.id, message.message_id), said)


def _parts(answer: Answer) -> list[Answer]:
    """The buttons stand under the last. What does not fit in one cannot be written anew."""
    *first, last = in_parts(answer.text)
    life = _of_buttons(answer) if first else answer.life
    return [*map(Answer, first), replace(answer, text=last, life=life)]


def _of_buttons(answer: Answer) -> Life | None:
    """They follow alone."""
    return answer.life and replace(answer.life, kind="", facts={})


def _spoken(here: Sequence[Said]) -> list[Said]:
    """Of the answers to the pieces of an album, the last speaks of them all."""
    last = {said.answer.album: said for said in here}
    return [said for said in here if not said.answer.album or last[said.answer.album] is said]


async def _each(
    desk: Desk,
    where: Place,
    updates: Sequence[int],
    says: Sequence[Say],
    last: Answer | None = None,
) -> None:
    """An answer to all of these, in its messages; the last of them is this."""
    begun = min(desk.given[updates[0]], len(says) - 1)
    for number, say in enumerate(says[begun:], begun + 1):
        async with _turn(desk, where.chat_id):
            arrived = await say()
            if number < len(says):
                await note(desk, updates[:1], number)
            else:
                shown = (arrived, last) if arrived and last and last.life else None
                await note(desk, updates, ALL, shown)


@asynccontextmanager
async def _turn(desk: Desk, chat_id: int) -> AsyncIterator[None]:
    """Who has one speaks at once: who must wait for Telegram does so without, or would leave with
    others that waited so before it is noted that the first of them was given."""
    while True:
        await desk.pace.opening(chat_id)
        async with desk.answering.turn():
            if desk.pace.is_open(chat_id):
                yield
                return


async def _heal(context: Context, said: Said) -> None:
    """A chat that took an answer can be reached again."""
    desk, chat_id = context.desk, said.place.chat_id
    if said.update.effective_user is None:
        return
    try:
        async with desk.view() as session:
            if not await reach.is_troubled(session, chat_id):
                return
        async with desk.transaction() as session:
            await reach.heard_from(session, talk.act(said.update, desk), chat_id)
    except Unavailable:
        log.exception("It is learnt with a later answer")
