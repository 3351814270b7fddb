"""What becomes of debts. Ticks and handlers only owe; the sender claims and settles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update

from db import engine
from db.debts import Debt
from db.engine import Session
from db.models import Fate, Owed
from db.models.owed import FAIRLY_TRIED

PENDING = (Fate.OWED, Fate.CLAIMED)
ARRIVED = (Fate.SENT, Fate.UNKNOWN)  # or perhaps arrived
BUTTONED = ("reminder", "added", "instruction", "complaint")  # with buttons to confirm
AUTOMATIC = (  # the kinds that nobody's command caused, though they are of no day
    "backup_failed",
    "displaced",
    "late_mail",
    "lost_topic",
    "no_head",
    "restored",
    "undeliverable",
    "unreachable",
    "unreachable_person",
    "was_deaf",
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A debt whose turn has come. `is_repeat`: its first sending is of unknown fate. `part`: a
    message too long for Telegram leaves in several, each a debt of its own."""

    id: int
    debt: Debt
    is_repeat: bool = False

    @property
    def part(self) -> int:
        return self.debt.part


@dataclass(frozen=True, slots=True)
class Told:
    """What was said, and what was kept with it."""

    day: date
    at: datetime
    facts: dict[str, Any]


async def owe(session: Session, debt: Debt, now: datetime) -> bool:
    """Call it in the transaction of the cause. Owing twice is owing once (False)."""
    return await engine.add_once(session, Owed, **_row(debt, now))


async def owe_afresh(session: Session, debts: Sequence[Debt], now: datetime) -> None:
    """As `owe`, for many at once; and what came to nothing today is owed again."""
    await engine.add_all_once(session, Owed, [_row(debt, now) for debt in debts])
    await session.execute(
        update(Owed)
        .where(Owed.key.in_([debt.key for debt in debts]), Owed.tries < FAIRLY_TRIED)
        .where(Owed.fate.in_((Fate.OBSOLETE, Fate.FAILED)))
        .values(fate=Fate.OWED, not_before=now, error="")
    )


async def unknown_yet(session: Session, debts: Sequence[Debt]) -> list[Debt]:
    """Those that were never written down."""
    query = select(Owed.key).where(Owed.key.in_([debt.key for debt in debts]))
    known = set(await session.scalars(query))
    return [debt for debt in debts if debt.key not in known]


async def has_work(session: Session, now: datetime, *, is_open: bool) -> bool:
    """A question for a reader, so that idling writes nothing."""
    cut_off = select(Owed.id).where(Owed.fate == Fate.CLAIMED).limit(1)
    lapsed = select(Owed.id).where(_lapsed(now)).limit(1)
    if await session.scalar(cut_off) or await session.scalar(lapsed):
        return True
    first = await _oldest(session, now, _undated(is_open=is_open))
    return bool(first or (is_open and await _oldest(session, now, Owed.day == now.date())))


async def claim(session: Session, now: datetime, *, is_open: bool) -> Claim | None:
    """The oldest whose turn it is: first what something caused, then what the clock did."""
    row = await _oldest(session, now, _undated(is_open=is_open))
    if row is None and is_open:
        row = await _oldest(session, now, Owed.day == now.date())
    if row is None:
        return None
    row.claim()
    return Claim(row.id, debt_of(row), row.repeated)


async def settle(
    session: Session,
    owed_id: int,
    fate: Fate,
    now: datetime,
    wait: timedelta | None = None,
    error: str = "",
) -> Owed:
    row = await session.get_one(Owed, owed_id)
    row.settle(fate, now, wait, error)
    if wait is None and row.is_hopeless(now):  # a silence that Telegram wants says nothing of it
        row.lapse()
    return row


async def lay_back(session: Session, owed_id: int, until: datetime) -> None:
    """It was claimed too early, and not tried."""
    row = await session.get_one(Owed, owed_id)
    row.lay_back(until)


async def give_up(session: Session, owed_id: int) -> None:
    """It failed, and would again: what the clock owes is not owed afresh today."""
    row = await session.get_one(Owed, owed_id)
    row.tries = max(row.tries, FAIRLY_TRIED)


async def hurry(session: Session, now: datetime) -> None:
    """The line is back: what it did not take need not sit out a gap that may outlast the day."""
    waits = update(Owed).where(Owed.fate == Fate.OWED, Owed.tries > 0, Owed.not_before > now)
    await session.execute(waits.values(not_before=now))


async def note(session: Session, owed_id: int, **facts: Any) -> None:
    """Keep with a message what it said, in numbers and ids."""
    row = await session.get_one(Owed, owed_id)
    row.facts = row.facts | facts


async def last_digest(session: Session, before: date, reader: int | None) -> Told | None:
    """The newest digest of an earlier day that this person (None: that anybody) got, or perhaps
    got."""
    query = select(Owed.day, Owed.made_at, Owed.facts).where(Owed.kind == "digest")
    query = query.where(Owed.day < before, Owed.fate.in_(ARRIVED))
    if reader is not None:
        query = query.where(Owed.user_id == reader)
    newest = query.order_by(Owed.day.desc(), Owed.fate, Owed.id).limit(1)
    row = (await session.execute(newest)).one_or_none()
    return Told(*row) if row else None


async def first_digest(session: Session, reader: int) -> date | None:
    """The day of the first one that this person was to get."""
    query = select(func.min(Owed.day)).where(Owed.kind == "digest", Owed.user_id == reader)
    return await session.scalar(query)


async def tidy(session: Session, now: datetime) -> None:
    """Between two claims: one left open by a crash is of unknown fate; a day gone is gone."""
    for row in await session.scalars(select(Owed).where(Owed.fate == Fate.CLAIMED)):
        row.settle(Fate.UNKNOWN, now, None, "cut off while sending")
    for row in await session.scalars(select(Owed).where(_lapsed(now))):
        row.lapse()


def debt_of(row: Owed) -> Debt:
    return Debt(row.key, row.kind, row.day, row.opd_id, row.post_id, row.user_id, dict(row.facts))


def leaves_at_night() -> ColumnElement[bool]:
    """What somebody's message or press caused; a repeat of it waits for the window."""
    is_caused = and_(Owed.day.is_(None), Owed.kind.not_in(AUTOMATIC))
    return and_(is_caused, Owed.fate == Fate.OWED, Owed.repeated.is_(False))


def _row(debt: Debt, now: datetime) -> dict[str, Any]:
    fresh = {"fate": Fate.OWED, "tries": 0, "repeated": False, "error": ""}
    return asdict(debt) | fresh | {"made_at": now, "not_before": now}


async def _oldest(session: Session, now: datetime, which: ColumnElement[bool]) -> Owed | None:
    query = select(Owed).where(which, Owed.not_before <= now)
    return await session.scalar(query.order_by(Owed.not_before, Owed.id).limit(1))


def _undated(*, is_open: bool) -> ColumnElement[bool]:
    """What comes before all that is of a day."""
    return Owed.day.is_(None) if is_open else leaves_at_night()


def _lapsed(now: datetime) -> ColumnElement[bool]:
    return and_(Owed.not_before.is_not(None), Owed.day < now.date())
