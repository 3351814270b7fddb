"""A message of ours that follows the state after it was sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base

WAITS = sa.text("look_at IS NOT NULL")  # few rows do


class Living(Base):
    """`opd_id`: whose changes concern it; None: everybody's. `kind`: who writes its words anew;
    empty: only its buttons follow. `keyboard`: the buttons that it began with (Bot API,
    InlineKeyboardMarkup). `shown`: what it shows now, as a hash of its words and one of its
    buttons."""

    __tablename__ = "living"
    __table_args__ = (
        sa.UniqueConstraint("chat_id", "message_id"),
        sa.Index("ix_living_look_at", "look_at", sqlite_where=WAITS, postgresql_where=WAITS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(sa.BigInteger)
    message_id: Mapped[int]
    opd_id: Mapped[int | None] = mapped_column(sa.ForeignKey("opd.id"), index=True)
    kind: Mapped[str]
    facts: Mapped[dict[str, Any]]
    keyboard: Mapped[dict[str, Any]]
    shown: Mapped[str]
    until: Mapped[datetime] = mapped_column(index=True)
    look_at: Mapped[datetime | None]  # something may have changed: it is looked at from then
