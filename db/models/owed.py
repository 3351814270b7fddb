"""What the bot owes somebody: never the text of a message, only whom it is for and of what."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Fate

WAITS = sa.text("not_before IS NOT NULL")  # few rows do
REPEAT_AFTER = timedelta(minutes=5)
HASTY = 5  # tries at once, such as after a group that moved; then gaps, whatever Telegram says
FAIRLY_TRIED = 5  # what came to nothing that often in a day is not owed afresh
PATIENCE = timedelta(days=7)  # with what somebody caused and Telegram does not take


class Owed(Base):
    """One message to an OPD (its group), to a post (its holders), or to one person.

    With both `post_id` and `user_id` it is for that person as long as they hold that post.
    `day` is set for what is automatic: it leaves inside the window of that day or not at all.
    """

    __tablename__ = "owed"
    __table_args__ = (
        sa.Index("ix_owed_turn", "day", "not_before", sqlite_where=WAITS, postgresql_where=WAITS),
        sa.Index("ix_owed_fate", "fate"),
        sa.Index("ix_owed_kind_day", "kind", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    day: Mapped[date | None]
    opd_id: Mapped[int | None] = mapped_column(sa.ForeignKey("opd.id"))
    post_id: Mapped[int | None] = mapped_column(sa.ForeignKey("post.id"))
    user_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    facts: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    fate: Mapped[Fate] = mapped_column(default=Fate.OWED)
    not_before: Mapped[datetime | None]  # None: nothing more will be tried
    tries: Mapped[int] = mapped_column(default=0)
    repeated: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str] = mapped_column(default="")
    chat_id: Mapped[int | None] = mapped_column(sa.BigInteger)  # where it went
    message_id: Mapped[int | None]
    sent_at: Mapped[datetime | None]

    def claim(self) -> None:
        self.repeated = self.repeated or self.fate is Fate.UNKNOWN
        self.fate, self.not_before = Fate.CLAIMED, None
        self.tries += 1

    def lay_back(self, until: datetime) -> None:
        self.fate = Fate.UNKNOWN if self.repeated else Fate.OWED
        self.not_before, self.tries = until, self.tries - 1

    def settle(self, fate: Fate, now: datetime, wait: timedelta | None, error: str) -> None:
        """`wait` is what Telegram asked for; without it the gaps grow: 2, 4, 8 … minutes. What
        may have arrived stays unknown, whatever becomes of its repeat."""
        if self.repeated and fate in (Fate.OBSOLETE, Fate.FAILED):
            fate = Fate.UNKNOWN
        self.fate, self.error = fate, error
        if fate is Fate.OWED:
            if wait is None or (not wait and self.tries > HASTY):
                wait = timedelta(minutes=2 ** min(self.tries, 6))
            self.not_before = now + wait
        if fate is Fate.UNKNOWN and not self.repeated:
            self.not_before = now + REPEAT_AFTER

    def is_hopeless(self, now: datetime) -> bool:
        """Asked after a try that came to nothing. While the bot was off it was not tried."""
        is_old = self.day is None and self.made_at < now - PATIENCE
        return self.fate is Fate.OWED and is_old and self.tries >= FAIRLY_TRIED

    def lapse(self) -> None:
        """Its day, or our patience, is over: nothing more is tried. What may have arrived stays
        unknown."""
        self.not_before = None
        if self.fate is Fate.OWED:
            self.fate = Fate.UNKNOWN if self.repeated else Fate.FAILED
            self.error = f"given up; last: {self.error or 'not tried'}"


class Heard(Base):
    """This stage of this deadline was told. A moved deadline starts afresh."""

    __tablename__ = "heard"

    item_id: Mapped[int] = mapped_column(sa.ForeignKey("item.id"), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    stage: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]


class Draft(Base):
    """Something half said: a preview, or a question whose answer is a button. Lapses in a day."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    source: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(sa.BigInteger)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]
    outcome: Mapped[str] = mapped_column(default="", server_default="")  # db.drafts


class Pulse(Base):
    """When receiving was last seen alive. One row."""

    __tablename__ = "pulse"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]


class Outage(Base):
    """The bot was away from a moment to a moment, longer than a press is kept."""

    __tablename__ = "outage"

    id: Mapped[int] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
