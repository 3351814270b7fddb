"""Whatever becomes of an answer, it is known: given, to be given when its update comes again, or
given up with a word in the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import structlog
from telegram.error import TelegramError

from bot import discreet, failing, giving, messages, noting
from bot.context import Answer, Context, Desk, Said
from bot.pace import Closing
from db.engine import Unavailable

TRIES = 10  # at one answer while Telegram does not take it for passing trouble
log = structlog.get_logger(__name__)


async def settle(context: Context, some: Sequence[Said]) -> None:
    """Give these; several are said together. What was not given is in `desk.unsettled`."""
    try:
        await giving.give(context, some)
    except Unavailable:
        log.exception("The database is away: the answer is given later", count=len(some))
        _hold(context.desk, some)
    except TelegramError as trouble:
        if holds(context.desk, some[0].update_id, trouble):
            _hold(context.desk, some)
        elif failing.is_our_fault(trouble):
            await _otherwise(context, some)
    except Exception as bug:
        whole = [discreet.whole(said.update) for said in some]
        log.error("An answer cannot be given", updates=whole, exc_info=bug)
        await _otherwise(context, some)


def holds(desk: Desk, update_id: int, trouble: TelegramError) -> bool:
    """Whether an answer that failed so did not arrive and was not tried too often: then its
    update is held, and the same answer is given when it comes again."""
    if failing.comes_again(trouble):
        desk.tries[update_id] += not isinstance(trouble, Closing)
        if desk.tries[update_id] <= TRIES:
            desk.unsettled.add(update_id)
            return True
    log.error("An answer was not taken", trouble=str(trouble), update=update_id)
    return False


def _hold(desk: Desk, some: Sequence[Said]) -> None:
    desk.unsettled.update(said.update_id for said in some)


async def _otherwise(context: Context, some: Sequence[Said]) -> None:
    """Words that are not taken together may be taken alone; and for those that are not taken
    alone, others may be."""
    if len(some) == 1:
        return await _apologise(context, some[0])
    noting.forget(context.desk, some)
    for number, said in enumerate(some):
        await settle(context, [said])
        if said.update_id in context.desk.unsettled:
            return _hold(context.desk, some[number:])  # nobody overtakes
    return None


async def _apologise(context: Context, said: Said) -> None:
    noting.forget(context.desk, [said])
    try:
        await giving.give(context, [replace(said, answer=Answer(messages.trouble()))])
    except TelegramError as trouble:
        holds(context.desk, said.update_id, trouble)
    except Exception:
        log.exception("Nobody could be told")
