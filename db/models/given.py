"""What was already said in answer to an update, for a start after a crash."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class Given(Base):
    """How many messages of its answer an update got. Telegram counts its updates (Bot API,
    Update.update_id) and keeps them for a day; so do we, a little longer."""

    __tablename__ = "given"

    update_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    messages: Mapped[int]
    at: Mapped[datetime] = mapped_column(index=True)
