"""People, the posts they hold from one moment to another, and the links that give a post."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.models.base import Acting, Base, Role
from db.models.opd import Opd


class Person(Base):
    """The only table that knows names; it can be emptied without breaking the audit log."""

    __tablename__ = "person"

    user_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str]
    trouble: Mapped[str] = mapped_column(default="", server_default="")  # why we cannot write


class Post(Base):
    """Work and rights belong to it, whoever holds it. Without an OPD it is the city's."""

    __tablename__ = "post"
    __table_args__ = (
        sa.Index("uq_post_role_opd", "role", sa.text("coalesce(opd_id, 0)"), unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role]
    opd_id: Mapped[int | None] = mapped_column(sa.ForeignKey("opd.id"))

    opd: Mapped[Opd | None] = relationship(lazy="raise")


class Tenure(Base):
    """One person in one post, from a moment to a moment."""

    __tablename__ = "tenure"
    __table_args__ = (
        sa.Index(
            "uq_tenure_post_user_current",
            "post_id",
            "user_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index("ix_tenure_user_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(sa.ForeignKey("post.id"))
    user_id: Mapped[int] = mapped_column(sa.BigInteger, sa.ForeignKey("person.user_id"))
    acting: Mapped[Acting] = mapped_column(default=Acting.NO)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    post: Mapped[Post] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")

    @property
    def is_current(self) -> bool:
        return self.ended_at is None


class Invitation(Base):
    """A link good once: for a post, or (without role) for linking an OPD's group."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role | None]
    opd_id: Mapped[int | None] = mapped_column(sa.ForeignKey("opd.id"))
    acting: Mapped[Acting] = mapped_column(default=Acting.NO)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("tenure.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(sa.BigInteger)
    used_in: Mapped[str | None]  # the message that redeemed it: a second arrival is no misuse

    opd: Mapped[Opd | None] = relationship(lazy="raise")

    def is_good(self, at: datetime) -> bool:
        return self.used_at is None and at <= self.expires_at

    def use(self, at: datetime, user_id: int, source: str) -> None:
        self.used_at, self.used_by, self.used_in = at, user_id, source
