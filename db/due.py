"""A deadline as it was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from db.refusal import Refusal


class DuePast(Refusal):
    """The deadline went by between the preview and its saving."""


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A moment, and the zone it was set in. Drafts and events keep it as plain facts."""

    at: datetime
    zone: str

    def as_facts(self) -> dict[str, str]:
        return {"at": self.at.isoformat(), "zone": self.zone}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        return cls(datetime.fromisoformat(facts["at"]), facts["zone"])

    def must_be_after(self, now: datetime) -> None:
        if self.at <= now:
            raise DuePast
