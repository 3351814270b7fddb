"""An item as facts, as cards, lists and reminders show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.models import Item, State


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """`weight`: hundredths of a per cent of the programme's score."""

    id: int
    number: int
    title: str
    state: State
    due_at: datetime
    due_zone: str
    weight: int
    evidence: str
    has_evidence: bool

    @property
    def is_open(self) -> bool:
        return self.state in {State.OPEN, State.RETURNED}

    def is_late(self, now: datetime) -> bool:
        return self.is_open and self.due_at < now


def facts_of(item: Item) -> ItemFacts:
    return ItemFacts(
        id=item.id,
        number=item.number,
        title=item.title,
        state=item.state,
        due_at=item.due_at,
        due_zone=item.due_zone,
        weight=item.weight,
        evidence=item.evidence,
        has_evidence=item.has_evidence,
    )
