"""OPD: who they are, and the group or topic in which they hear from us."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class Opd(Base):
    """A department. `topic_id` is 0 for a whole group (and for the General topic of a forum)."""

    __tablename__ = "opd"
    __table_args__ = (sa.UniqueConstraint("chat_id", "topic_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    head_title: Mapped[str]
    secretary_title: Mapped[str]
    chat_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    topic_id: Mapped[int] = mapped_column(default=0, server_default="0")
    chat_title: Mapped[str] = mapped_column(default="", server_default="")
    chat_trouble: Mapped[str] = mapped_column(default="", server_default="")

    @property
    def is_reachable(self) -> bool:
        return self.chat_id is not None and not self.chat_trouble

    def link(self, chat_id: int, topic_id: int, title: str) -> None:
        self.chat_id, self.topic_id, self.chat_title = chat_id, topic_id, title
        self.chat_trouble = ""

    def unlink(self) -> None:
        self.chat_id, self.topic_id, self.chat_title, self.chat_trouble = None, 0, "", ""
