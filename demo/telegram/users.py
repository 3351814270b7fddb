"""Who can speak here: the facts that people and bots share."""

from dataclasses import dataclass
from typing import Any


@dataclass(eq=False, repr=False)
class User:
    """`id` is positive and may exceed 32 bits; `username` is without the @."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    is_bot: bool = False
    language_code: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def as_json(self) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {key: value for key, value in facts.items() if value != ""}


ANONYMOUS = User(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)
"""In whose name Telegram shows every admin who remains anonymous."""
