"""What the head and the secretary of an OPD are called, by its kind."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from config import kendari


@dataclass(frozen=True, slots=True)
class Titles:
    head: str
    secretary: str


UNKNOWN = Titles("Kepala", "Sekretaris")  # of a kind that kinds.csv does not list


def titles(kind: str) -> Titles:
    """General knowledge, not a regulation: an OPD's own row in the file of OPD beats it."""
    return _by_kind().get(kind.strip().lower(), UNKNOWN)


@cache
def _by_kind() -> dict[str, Titles]:
    with kendari.KINDS.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return {r["kind"]: Titles(r["head_title"], r["secretary_title"]) for r in rows}
