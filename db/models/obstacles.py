"""What keeps an OPD from finishing an item, and the wish for a later deadline."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.models.base import Base
from db.models.checklist import Item


class Obstacle(Base):
    """People call it K7: numbered per city, and never reused. While it is open the item's
    escalation rests."""

    __tablename__ = "obstacle"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("item.id"), index=True)
    category: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    tenure_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tenure.id"))
    source: Mapped[str] = mapped_column(unique=True)
    forwarded_at: Mapped[datetime | None]  # to the Sekda
    closed_at: Mapped[datetime | None] = mapped_column(index=True)

    item: Mapped[Item] = relationship(lazy="raise")

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class ObstacleEvent(Base):
    """What was done about an obstacle: forward, answer, close. `source`: as of an Event."""

    __tablename__ = "obstacle_event"
    __table_args__ = (sa.UniqueConstraint("obstacle_id", "verb", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    obstacle_id: Mapped[int] = mapped_column(sa.ForeignKey("obstacle.id"))
    verb: Mapped[str]
    at: Mapped[datetime]
    tenure_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tenure.id"))
    source: Mapped[str]
    text: Mapped[str] = mapped_column(default="", server_default="")


class Extension(Base):
    """A later deadline that was asked for. `outcome`: empty while it waits; granted, refused,
    moot (the item was confirmed or moved otherwise meanwhile)."""

    __tablename__ = "extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("item.id"), index=True)
    at: Mapped[datetime]
    tenure_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tenure.id"))
    source: Mapped[str] = mapped_column(unique=True)
    was_due_at: Mapped[datetime]
    was_due_zone: Mapped[str]
    due_at: Mapped[datetime]
    due_zone: Mapped[str]
    reason: Mapped[str]
    outcome: Mapped[str] = mapped_column(default="", server_default="", index=True)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("tenure.id"))
    decided_in: Mapped[str] = mapped_column(default="", server_default="")  # the press's source

    item: Mapped[Item] = relationship(lazy="raise")

    @property
    def is_waiting(self) -> bool:
        return not self.outcome
