"""What shows that an item is finished: links, and files kept on the bot's own server."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class Evidence(Base):
    """A link or a file, who gave it when, and in which version of the item's evidence: what is
    given after a return begins the next. A file is known by its content (`sha256`, hexadecimal);
    `stored_as` is its path below EVIDENCE_DIR, `file_name` what it was called when it was sent."""

    __tablename__ = "evidence"
    __table_args__ = (sa.UniqueConstraint("item_id", "version", "link", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("item.id"))
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    link: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="", server_default="")
    stored_as: Mapped[str] = mapped_column(default="", server_default="")
    sha256: Mapped[str] = mapped_column(default="", server_default="", index=True)
    size: Mapped[int] = mapped_column(default=0, server_default="0")  # bytes
    at: Mapped[datetime]
    tenure_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tenure.id"))
    source: Mapped[str] = mapped_column(default="", server_default="")

    @property
    def is_file(self) -> bool:
        return bool(self.sha256)
