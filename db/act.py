"""Who does a thing, when, and which message brought it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Act:
    """`at`: when the message was sent, or the press received. `source`: its natural key, which
    makes a second arrival harmless. Without a tenure it was somebody without a post, the command
    line, or the bot itself."""

    at: datetime
    source: str
    user_id: int | None = None
    tenure_id: int | None = None

    def under(self, tenure_id: int | None) -> Act:
        return replace(self, tenure_id=tenure_id)
