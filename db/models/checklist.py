"""Programmes, indicators and items, with the rules of an item's states."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.models.base import Base, State
from db.models.opd import Opd
from db.models.people import Tenure


class Programme(Base):
    """A checklist with a version, such as PEKPPP-2026."""

    __tablename__ = "programme"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)


class Indicator(Base):
    """A row of a programme's file. Weights are in hundredths of a per cent."""

    __tablename__ = "indicator"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    number: Mapped[int]
    code: Mapped[str]
    aspect: Mapped[str]
    aspect_weight: Mapped[int]
    weight_in_aspect: Mapped[int]
    title: Mapped[str]
    evidence: Mapped[str]
    evidence_form: Mapped[str]
    evidence_freshness: Mapped[str]
    lead_time: Mapped[str]

    programme: Mapped[Programme] = relationship(lazy="raise")

    @property
    def weight(self) -> int:
        """Its share of the evaluator's whole score, in hundredths of a per cent."""
        return self.aspect_weight * self.weight_in_aspect // 10_000


class Bundle(Base):
    """Items that one command added together; people call it T12."""

    __tablename__ = "bundle"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("tenure.id"))
    undone_at: Mapped[datetime | None]


class Item(Base):
    """One thing one OPD must finish, known by its number there, which is never reused."""

    __tablename__ = "item"
    __table_args__ = (
        sa.UniqueConstraint("opd_id", "number"),
        sa.Index("ix_item_state_due_at", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opd_id: Mapped[int] = mapped_column(sa.ForeignKey("opd.id"))
    number: Mapped[int]
    title: Mapped[str]
    weight: Mapped[int] = mapped_column(default=0)  # hundredths of a per cent
    evidence: Mapped[str] = mapped_column(default="")  # what is asked for; empty: nothing
    indicator_id: Mapped[int | None] = mapped_column(sa.ForeignKey("indicator.id"), index=True)
    bundle_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bundle.id"), index=True)
    state: Mapped[State] = mapped_column(default=State.OPEN)
    due_at: Mapped[datetime]
    due_zone: Mapped[str]  # the zone it was set in
    first_due_at: Mapped[datetime]
    moved_by_hand: Mapped[bool] = mapped_column(default=False)
    first_submitted_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("tenure.id"))
    has_evidence: Mapped[bool] = mapped_column(default=False)

    opd: Mapped[Opd] = relationship(lazy="raise")
    indicator: Mapped[Indicator | None] = relationship(lazy="raise")
    submitter: Mapped[Tenure | None] = relationship(lazy="raise")
    events: Mapped[list[Event]] = relationship(lazy="raise", order_by="Event.id")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def lacks_evidence(self) -> bool:
        return bool(self.evidence) and self.state in CONFIRMED and not self.has_evidence

    def is_late(self, now: datetime) -> bool:
        return self.is_open and self.due_at < now

    def submit(self, at: datetime, tenure_id: int) -> None:
        """`at`: when the confirmation was sent. Lateness is judged by the first one."""
        self.state = State.SUBMITTED
        self.submitted_at, self.submitted_by = at, tenure_id
        self.first_submitted_at = self.first_submitted_at or at

    def reopen(self, state: State = State.OPEN) -> None:
        self.state = state
        self.submitted_at = self.submitted_by = None

    def withdraw(self) -> None:
        """Back to what it was before the confirmation that is taken back."""
        event = next(e for e in reversed(self.events) if e.verb == "submit")
        self.reopen(State(event.facts["before"]))
        if event.facts["is_first"]:
            self.first_submitted_at = None

    def include(self) -> None:
        """Back into the counts, as it was when it was taken out."""
        event = next(e for e in reversed(self.events) if e.verb == "exclude")
        self.state = State(event.facts["before"])

    def move(self, due_at: datetime, zone: str) -> None:
        self.due_at, self.due_zone, self.moved_by_hand = due_at, zone, True


OPEN = frozenset({State.OPEN, State.RETURNED})
CONFIRMED = frozenset({State.SUBMITTED, State.VERIFIED})
COUNTED = OPEN | CONFIRMED


class Event(Base):
    """What happened to an item. `source` is the message or press that brought it."""

    __tablename__ = "event"
    __table_args__ = (
        sa.UniqueConstraint("item_id", "verb", "source"),
        sa.Index("ix_event_source", "source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("item.id"))
    verb: Mapped[str]
    at: Mapped[datetime]
    tenure_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tenure.id"))
    source: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
