"""The answer to several numbers: what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.chats import OpdFacts
from db.models import Item, State
from db.pieces import Piece


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one number. `state` is None where the OPD has no such item."""

    number: int
    title: str = ""
    is_done: bool = False
    state: State | None = None
    by: str = ""
    at: datetime | None = None
    lacks_evidence: bool = False
    got_evidence: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to several numbers: a line for each, in order. `pieces`: the evidence that came
    along, as the first that took it has it."""

    verb: str
    opd: OpdFacts
    lines: tuple[Line, ...]
    still_open: int
    at: datetime
    note: str = ""
    pieces: tuple[Piece, ...] = ()

    @property
    def done(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_done)

    @property
    def lacking(self) -> tuple[int, ...]:
        """What was confirmed without the evidence that is asked for."""
        return tuple(line.number for line in self.done if line.lacks_evidence)

    @property
    def not_done(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_done)


def line(item: Item, *, is_done: bool, got_evidence: bool) -> Line:
    """`is_done`: by the message that is answered; else its submitter is named."""
    submitter = None if is_done else item.submitter
    return Line(
        number=item.number,
        title=item.title,
        is_done=is_done,
        state=item.state,
        by=submitter.person.name if submitter else "",
        at=item.submitted_at,
        lacks_evidence=item.lacks_evidence,
        got_evidence=got_evidence,
    )
