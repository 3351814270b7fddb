"""What an import says of itself: plain facts, and foreign text made fit to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unreadable(Exception):
    """The whole file is of no use. Says why in a sentence that goes on after its name."""


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one row. `subject`: the OPD's code, the indicator's number."""

    line: int
    outcome: Outcome
    subject: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One line for each row, in their order; `remarks` are of the whole. With a wrong row
    nothing was written."""

    lines: tuple[Line, ...]
    remarks: tuple[str, ...] = ()

    @property
    def is_wrong(self) -> bool:
        return any(line.outcome is Outcome.WRONG for line in self.lines)

    def count(self, outcome: Outcome) -> int:
        return sum(line.outcome is outcome for line in self.lines)


def plain(text: str, most: int = 60) -> str:
    """On one line, without what a terminal would obey, and no longer than `most`."""
    text = "".join(c if c.isprintable() else " " for c in text)
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
