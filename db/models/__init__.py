"""The nouns and their rules."""

from db.models.audit import Audit
from db.models.base import Acting, Base, Fate, Instant, Role, State
from db.models.checklist import (
    CONFIRMED,
    COUNTED,
    OPEN,
    Bundle,
    Event,
    Evidence,
    Indicator,
    Item,
    Programme,
)
from db.models.given import Given
from db.models.opd import Opd
from db.models.owed import Draft, Heard, Outage, Owed, Pulse
from db.models.people import Invitation, Person, Post, Tenure

__all__ = [
    "CONFIRMED",
    "COUNTED",
    "OPEN",
    "Acting",
    "Audit",
    "Base",
    "Bundle",
    "Draft",
    "Event",
    "Evidence",
    "Fate",
    "Given",
    "Heard",
    "Indicator",
    "Instant",
    "Invitation",
    "Item",
    "Opd",
    "Outage",
    "Owed",
    "Person",
    "Post",
    "Programme",
    "Pulse",
    "Role",
    "State",
    "Tenure",
]
