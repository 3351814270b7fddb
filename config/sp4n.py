"""How many working days SP4N-LAPOR leaves for a complaint, by its kind.

Source: PermenPANRB 62/2018, as public dashboards of SP4N-LAPOR show it (not read in the
regulation's own text): 3 working days to verify, then 5 to answer a request for information, 14 a
complaint without and 60 one with content for supervision (pengawasan).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("sp4n.csv")


@dataclass(frozen=True, slots=True)
class Kind:
    """Working days: `verify` after the day on which it came, `answer` after those."""

    name: str
    verify: int
    answer: int


@cache
def kinds() -> dict[str, Kind]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        found = [Kind(r["kind"], int(r["verify_days"]), int(r["answer_days"])) for r in rows]
    return {kind.name: kind for kind in found}
