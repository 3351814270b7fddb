"""What every noun shares: column types, naming, and words that are stored as text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase


class Instant(sa.TypeDecorator[datetime]):
    """Aware datetimes in, aware datetimes out; UTC at rest, because SQLite keeps no zone."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: object) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


class Role(StrEnum):
    """The posts of the contract; an OPD's three are bound to one OPD."""

    COORDINATOR = "coordinator"
    SEKDA = "sekda"
    SECRETARY = "secretary"
    HEAD = "head"
    OPERATOR = "operator"
    AUDITOR = "auditor"

    @property
    def is_of_city(self) -> bool:
        return self in {Role.COORDINATOR, Role.SEKDA, Role.AUDITOR}

    @property
    def has_one_holder(self) -> bool:
        return self in {Role.SEKDA, Role.SECRETARY, Role.HEAD}


class Acting(StrEnum):
    """Acting officials: vacant post, short absence, a Sekda until one is appointed."""

    NO = ""
    PLT = "plt"
    PLH = "plh"
    PJ = "pj"


class State(StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    RETURNED = "returned"
    NOT_APPLICABLE = "not_applicable"
    DROPPED = "dropped"


class Fate(StrEnum):
    OWED = "owed"
    CLAIMED = "claimed"
    SENT = "sent"
    UNKNOWN = "unknown"  # cut off after it was handed over: perhaps delivered
    FAILED = "failed"
    OBSOLETE = "obsolete"  # when its turn came there was nothing left to say


def words(kind: type[StrEnum]) -> sa.Enum:
    return sa.Enum(
        kind, native_enum=False, length=20, values_callable=lambda kinds: [k.value for k in kinds]
    )


class Base(DeclarativeBase):
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant,
        date: sa.Date,
        dict[str, Any]: sa.JSON,
        **{kind: words(kind) for kind in (Role, Acting, State, Fate)},
    }
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
