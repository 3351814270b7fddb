"""What went up: an item late for so long that somebody above its OPD hears of it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class Escalation(Base):
    """Once per item and level (head, sekda). `since`: the deadline, or the return, from which the
    working days were counted: a return starts again from the bottom. `told_at`: when somebody on
    that level got it."""

    __tablename__ = "escalation"

    item_id: Mapped[int] = mapped_column(
        sa.ForeignKey("item.id"), primary_key=True, autoincrement=False
    )
    level: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    told_at: Mapped[datetime | None]
