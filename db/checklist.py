"""What can be done to an OPD's items. The caller owns the transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from db import audit, evidence, living, moot
from db.act import Act
from db.chats import OpdFacts
from db.engine import Session
from db.models import CONFIRMED, COUNTED, OPEN, Event, Item, State, Tenure
from db.pieces import Offered, Piece
from db.receipts import Line, Receipt, line

SUBMIT, WITHDRAW, VERIFY, RETURN, DROP = "submit", "withdraw", "verify", "return", "drop"
EXCLUDE, INCLUDE = "exclude", "include"  # not relevant, and relevant after all
NOTHING = Offered()
REOPENING = (RETURN, INCLUDE)
ENDING = (SUBMIT, DROP, EXCLUDE)  # nothing is left to do by a deadline
LOOK_BACK = (WITHDRAW, INCLUDE)  # to what an item was before
MAY = {
    SUBMIT: OPEN,
    WITHDRAW: frozenset({State.SUBMITTED}),
    VERIFY: frozenset({State.SUBMITTED}),
    RETURN: CONFIRMED,
    DROP: COUNTED | {State.NOT_APPLICABLE},
    EXCLUDE: COUNTED,
    INCLUDE: frozenset({State.NOT_APPLICABLE}),
}


async def act_on(
    session: Session,
    verb: str,
    opd: OpdFacts,
    numbers: Collection[int],
    act: Act,
    note: str = "",
    offered: Offered = NOTHING,
) -> Receipt:
    """Do one verb to each item that allows it, and tell of every number what became of it.

    `offered` is evidence, for SUBMIT. A second arrival of the same message (`act.source`) changes
    nothing and is told the same.
    """
    items = await _items(session, opd.id, numbers, with_events=verb in LOOK_BACK)
    done = await _already_by(session, verb, items, act)
    before: dict[str, str] = {}
    for item in items:
        if item.id not in done and item.state in MAY[verb]:
            before[str(item.number)] = item.state.value
            _do(session, verb, item, act, note)
            done.add(item.id)
    await session.flush()
    given = await _add_evidence(session, items, act, offered) if verb == SUBMIT else {}
    if before:
        after = {str(i.number): i.state.value for i in items if str(i.number) in before}
        await audit.record(session, act, verb, opd.code, before, after)
        await living.look_again(session, [opd.id], act.at)
        if verb in ENDING:
            await moot.lapse(session, act, [i.id for i in items if str(i.number) in before])
    known = {i.number: i for i in items}
    lines = tuple(
        line(known[n], is_done=known[n].id in done, got_evidence=known[n].id in given)
        if n in known
        else Line(n)
        for n in sorted(set(numbers))
    )
    pieces = next(iter(given.values()), ())
    return Receipt(verb, opd, lines, await count_open(session, opd.id), act.at, note, pieces)


async def count_open(session: Session, opd_id: int) -> int:
    query = select(func.count()).where(Item.opd_id == opd_id, Item.state.in_(OPEN))
    return await session.scalar(query) or 0


def _do(session: Session, verb: str, item: Item, act: Act, note: str) -> None:
    facts = {"before": item.state.value, "is_first": item.first_submitted_at is None}
    match verb:
        case "submit":
            assert act.tenure_id, "the gate lets only post holders confirm"
            item.submit(act.at, act.tenure_id)
        case "withdraw":
            item.withdraw()
        case "verify":
            item.state = State.VERIFIED
        case "return":
            item.reopen(State.RETURNED)
        case "drop":
            item.state = State.DROPPED
        case "exclude":
            item.state = State.NOT_APPLICABLE
        case "include":
            item.include()
    session.add(
        Event(
            item_id=item.id,
            verb=verb,
            at=act.at,
            tenure_id=act.tenure_id,
            source=act.source,
            note=note,
            facts=facts,
        )
    )


async def _already_by(session: Session, verb: str, items: Sequence[Item], act: Act) -> set[int]:
    """The items to which this very message did this before."""
    query = select(Event.item_id).where(
        Event.item_id.in_([i.id for i in items]), Event.verb == verb, Event.source == act.source
    )
    return set(await session.scalars(query))


async def _add_evidence(
    session: Session, items: Sequence[Item], act: Act, offered: Offered
) -> dict[int, tuple[Piece, ...]]:
    """What came with a confirmation, now or afterwards, by item."""
    taking = [item for item in items if item.state is State.SUBMITTED]
    given = {item.id: await evidence.add(session, item, act, offered) for item in taking}
    return {item_id: pieces for item_id, pieces in given.items() if pieces}


async def _items(
    session: Session, opd_id: int, numbers: Collection[int], *, with_events: bool
) -> list[Item]:
    """Those that exist; what was dropped counts as gone."""
    query = (
        select(Item)
        .where(Item.opd_id == opd_id, Item.number.in_(numbers), Item.state != State.DROPPED)
        .order_by(Item.number)
        .options(joinedload(Item.submitter).joinedload(Tenure.person))
    )
    if with_events:
        query = query.options(selectinload(Item.events))
    return list(await session.scalars(query))
