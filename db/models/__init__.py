"""The nouns and their rules."""

from db.models.audit import Audit
from db.models.base import Acting, Base, Fate, Instant, Role, State
from db.models.checklist import (
    CONFIRMED,
    COUNTED,
    OPEN,
    Bundle,
    Event,
    Indicator,
    Item,
    Programme,
)
from db.models.escalations import Escalation
from db.models.evidence import Evidence
from db.models.given import Given
from db.models.instructions import Addressee, Complaint, Instruction
from db.models.kept import Kept
from db.models.living import Living
from db.models.obstacles import Extension, Obstacle, ObstacleEvent
from db.models.opd import Opd
from db.models.owed import Draft, Heard, Outage, Owed, Pulse
from db.models.people import Invitation, Person, Post, Tenure

__all__ = [
    "CONFIRMED",
    "COUNTED",
    "OPEN",
    "Acting",
    "Addressee",
    "Audit",
    "Base",
    "Bundle",
    "Complaint",
    "Draft",
    "Escalation",
    "Event",
    "Evidence",
    "Extension",
    "Fate",
    "Given",
    "Heard",
    "Indicator",
    "Instant",
    "Instruction",
    "Invitation",
    "Item",
    "Kept",
    "Living",
    "Obstacle",
    "ObstacleEvent",
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
