"""The audit log: what changed, by which tenure, from where. Rows are never changed or removed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base

MIGRATED = sa.text("verb = 'migrated'")  # a handful of entries


class Audit(Base):
    """One link of the chain. Names nobody: tenures and Telegram user ids only."""

    __tablename__ = "audit"
    __table_args__ = (
        sa.Index("ix_audit_migrated", "verb", sqlite_where=MIGRATED, postgresql_where=MIGRATED),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    verb: Mapped[str]
    subject: Mapped[str]
    tenure_id: Mapped[int | None]
    user_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    source: Mapped[str]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    previous: Mapped[str]
    hash: Mapped[str]
