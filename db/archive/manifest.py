"""What an archive says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

FORMAT = 1
NAME = "manifest.json"
DATABASE = "database.db"
EVIDENCE = "evidence/"


@dataclass(frozen=True, slots=True)
class Member:
    """`size` in bytes; `sha256` in hexadecimal, of the content before it was deflated."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`tables`: the rows of each. `confirmed`: items that wait for verification or have it.
    `members`: all but this manifest, the database first."""

    format: int
    made_at: datetime
    city: str
    revision: str
    tables: dict[str, int]
    confirmed: int
    members: tuple[Member, ...]

    def written(self) -> bytes:
        return FORM.dump_json(self, indent=1)

    def rows(self, table: str) -> int:
        return self.tables.get(table, 0)


FORM = TypeAdapter(Manifest)


def read(text: bytes) -> Manifest:
    """ValueError where it is none."""
    return FORM.validate_json(text)
