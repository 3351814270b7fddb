"""Which buttons under a message can still be pressed for something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import (
    Acknowledge,
    Attach,
    Button,
    Close,
    Deny,
    Done,
    Exclude,
    Forward,
    Grant,
    Include,
    Obstruct,
    Postpone,
    Reply,
    SendBack,
    Verify,
    Withdraw,
)
from db.checklist import EXCLUDE, INCLUDE, MAY, RETURN, SUBMIT, VERIFY, WITHDRAW
from db.engine import Session
from db.evidence import TAKES
from db.models import OPEN
from db.reports import uses

ON_ITEM = {
    Done: MAY[SUBMIT],
    Withdraw: MAY[WITHDRAW],
    Verify: MAY[VERIFY],
    SendBack: MAY[RETURN],
    Exclude: MAY[EXCLUDE],
    Include: MAY[INCLUDE],
    Obstruct: OPEN,
    Postpone: OPEN,
    Attach: TAKES,
}
ENDING: tuple[type[Button], ...] = (*ON_ITEM, Acknowledge, Close, Reply, Forward, Grant, Deny)


def may_end(keyboard: InlineKeyboardMarkup | None) -> bool:
    """Whether a day comes when one of its buttons has had its use."""
    return any(_fact(button) for button in _all(keyboard)) if keyboard else False


async def left(
    session: Session, keyboard: InlineKeyboardMarkup, now: datetime
) -> InlineKeyboardMarkup | None:
    """Those that have a use at this moment, as they lie."""
    facts = [fact for button in _all(keyboard) if (fact := _fact(button))]
    over = await _over(session, facts, now)
    lines = [[b for b in line if _fact(b) not in over] for line in keyboard.inline_keyboard]
    lines = [line for line in lines if line]
    return InlineKeyboardMarkup(lines) if lines else None


async def _over(session: Session, facts: Iterable[Button], now: datetime) -> set[Button | None]:
    """A question for each OPD and kind, whatever the number of buttons."""
    by_opd: dict[str, list[Button]] = defaultdict(list)
    for fact in facts:
        by_opd[getattr(fact, "opd", "")].append(fact)
    over: set[Button | None] = set()
    for opd, some in by_opd.items():
        over |= await (_over_in(session, opd, some) if opd else _decided(session, some, now))
    return over


async def _over_in(session: Session, opd: str, facts: list[Button]) -> set[Button | None]:
    on_item = [(fact, getattr(fact, "number", 0)) for fact in facts if type(fact) in ON_ITEM]
    states = await uses.states(session, opd, [number for _, number in on_item])
    hands = [fact for fact in facts if isinstance(fact, Acknowledge)]
    waiting = await uses.unacknowledged(session, opd, [hand.instruction for hand in hands])
    gone = {f for f, number in on_item if number and states.get(number) not in ON_ITEM[type(f)]}
    return {*gone, *(hand for hand in hands if hand.instruction not in waiting)}


async def _decided(session: Session, facts: list[Button], now: datetime) -> set[Button | None]:
    talks = [fact for fact in facts if isinstance(fact, Close | Reply | Forward)]
    asks = [fact for fact in facts if isinstance(fact, Grant | Deny)]
    is_up = await uses.obstacles(session, [talk.obstacle for talk in talks])
    waiting = await uses.undecided(session, [ask.extension for ask in asks], now)
    ended = {talk for talk in talks if _is_over(talk, is_up)}
    return {*ended, *(ask for ask in asks if ask.extension not in waiting)}


def _is_over(talk: Close | Reply | Forward, is_up: dict[int, bool]) -> bool:
    """`is_up`: of those that are open, whether the Sekda has them."""
    if isinstance(talk, Forward):
        return is_up.get(talk.obstacle, True)
    return talk.obstacle not in is_up


def _all(keyboard: InlineKeyboardMarkup) -> Iterable[InlineKeyboardButton]:
    return (button for line in keyboard.inline_keyboard for button in line)


def _fact(button: InlineKeyboardButton) -> Button | None:
    """What it stands for, if that may end."""
    data = str(button.callback_data or "")
    kind = next((kind for kind in ENDING if kind.pattern().match(data)), None)
    return kind.unpack(data) if kind else None
