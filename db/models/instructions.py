"""What the centre tells OPD to do or to answer: instructions, and complaints from SP4N-LAPOR."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class Instruction(Base):
    """People call it I5. `due_at`: until when each OPD is to acknowledge it. `bundle_id`: the
    items that it created, if any. A file is described as that of an Evidence."""

    __tablename__ = "instruction"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("tenure.id"))
    source: Mapped[str] = mapped_column(unique=True)
    due_at: Mapped[datetime]
    due_zone: Mapped[str]
    bundle_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bundle.id"))
    file_name: Mapped[str] = mapped_column(default="", server_default="")
    stored_as: Mapped[str] = mapped_column(default="", server_default="")
    sha256: Mapped[str] = mapped_column(default="", server_default="")
    size: Mapped[int] = mapped_column(default=0, server_default="0")


class Addressee(Base):
    """An OPD to which an instruction went, and its response: the first ✋ by a post holder."""

    __tablename__ = "addressee"
    __table_args__ = (sa.Index("ix_addressee_opd_id_acknowledged_at", "opd_id", "acknowledged_at"),)

    instruction_id: Mapped[int] = mapped_column(
        sa.ForeignKey("instruction.id"), primary_key=True, autoincrement=False
    )
    opd_id: Mapped[int] = mapped_column(
        sa.ForeignKey("opd.id"), primary_key=True, autoincrement=False
    )
    heard_at: Mapped[datetime | None]  # when the message arrived in its group
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[int | None] = mapped_column(sa.ForeignKey("tenure.id"))


class Complaint(Base):
    """A complaint's item: its kind and SP4N-LAPOR reference, and nothing of who complained."""

    __tablename__ = "complaint"
    __table_args__ = (sa.UniqueConstraint("reference", "step"),)

    item_id: Mapped[int] = mapped_column(
        sa.ForeignKey("item.id"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str]  # informasi, biasa, pengawasan
    reference: Mapped[str]
    step: Mapped[str]  # verify, answer
    source: Mapped[str]
