"""What the bot owes whom. Ticks and handlers only owe; the sender claims and settles."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import false, or_, select, update

from db import engine
from db.engine import Session
from db.models import Fate, Owed


@dataclass(frozen=True, slots=True)
class Debt:
    """For an OPD's group, for the holder of a post, or for one person (while in that post)."""

    key: str
    kind: str
    day: date | None = None
    opd_id: int | None = None
    post_id: int | None = None
    user_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """A debt whose turn has come. `is_repeat`: its first sending is of unknown fate."""

    id: int
    debt: Debt
    is_repeat: bool


def reminder(code: str, opd_id: int, day: date) -> Debt:
    return Debt(f"reminder:{code}:{day}", "reminder", day, opd_id=opd_id)


def reminder_in_private(code: str, opd_id: int, day: date, to: tuple[int, int]) -> Debt:
    """`to`: post and user, where the OPD has no group that can be reached."""
    post_id, user_id = to
    key = f"reminder:{code}:{day}:{user_id}"
    return Debt(key, "reminder", day, opd_id=opd_id, post_id=post_id, user_id=user_id)


def digest(post_id: int, user_id: int, day: date) -> Debt:
    return Debt(f"digest:{post_id}:{user_id}:{day}", "digest", day, None, post_id, user_id)


def notice(kind: str, source: str, opd_id: int, **facts: Any) -> Debt:
    """The OPD's group hears of what somebody's message or press (`source`) changed."""
    return Debt(f"{kind}:{opd_id}:{source}", kind, opd_id=opd_id, facts=facts)


def letter(kind: str, source: str, user_id: int, post_id: int | None = None, **facts: Any) -> Debt:
    """One person hears of it in private."""
    return Debt(f"{kind}:u{user_id}:{source}", kind, None, None, post_id, user_id, facts)


def outage(opd_id: int, outage_id: int, day: date) -> Debt:
    key = f"outage:{opd_id}:{outage_id}"
    return Debt(key, "outage", day, opd_id=opd_id, facts={"outage": outage_id})


async def owe(session: Session, debt: Debt, now: datetime) -> bool:
    """Call it in the transaction of the cause. Owing twice is owing once (False)."""
    return await engine.add_once(
        session, Owed, **asdict(debt), made_at=now, not_before=now, fate=Fate.OWED, tries=0,
        repeated=False, error="",
    )  # fmt: skip


async def claim(session: Session, now: datetime, *, is_open: bool) -> Claim | None:
    """The oldest one due; of the automatic ones, today's and only while the window is open."""
    its_turn = or_(Owed.day.is_(None), Owed.day == now.date() if is_open else false())
    query = select(Owed).where(Owed.not_before <= now, its_turn)
    row = await session.scalar(query.order_by(Owed.day.is_not(None), Owed.id).limit(1))
    if row is None:
        return None
    row.claim()
    debt = Debt(row.key, row.kind, row.day, row.opd_id, row.post_id, row.user_id, row.facts)
    return Claim(row.id, debt, row.repeated)


async def has_due(session: Session, now: datetime) -> bool:
    """Whether anything waits at all: a question for a reader, so that idling writes nothing."""
    return await session.scalar(select(Owed.id).where(Owed.not_before <= now).limit(1)) is not None


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
    return row


async def tidy(session: Session, now: datetime) -> None:
    """Between two claims: one left open by a crash is of unknown fate; a day gone is gone."""
    for row in await session.scalars(select(Owed).where(Owed.fate == Fate.CLAIMED)):
        row.settle(Fate.UNKNOWN, now, None, "cut off while sending")
    await session.execute(
        update(Owed)
        .where(Owed.not_before.is_not(None), Owed.day < now.date(), Owed.fate == Fate.OWED)
        .values(fate=Fate.FAILED, not_before=None, error="its day went by")
    )


async def reminded(session: Session, opd_id: int, day: date) -> bool:
    """Whether a reminder of that day reached the OPD, or perhaps did."""
    query = select(Owed.id).where(Owed.kind == "reminder", Owed.opd_id == opd_id, Owed.day == day)
    arrived = Owed.fate.in_((Fate.SENT, Fate.UNKNOWN, Fate.CLAIMED))
    return await session.scalar(query.where(arrived).limit(1)) is not None
