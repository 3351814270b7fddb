"""An update that Telegram keeps no longer, though its answer is still on its way."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class Kept(Base):
    """`body`: the update as Telegram gave it (Bot API, Update). Gone once it is answered."""

    __tablename__ = "kept"

    update_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    body: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
