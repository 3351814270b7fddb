"""Read the numbers of a command, or ask which of two readings was meant."""

from __future__ import annotations

from bot.context import Call
from bot.reading.numbers import Ambiguous, Numbers, numbers, ranges
from db.question import Question

LABEL = 60  # characters of a button


def read(call: Call) -> Numbers:
    said = numbers(call.text)
    if isinstance(said, Ambiguous):
        raise Question("numbers", (_way(said.first), _way(said.second)), (call.of.id,) * 2)
    return said


def way(code: str, said: Numbers) -> tuple[str, str]:
    """A label, and the same said of an OPD so that it can be read in one way only."""
    label, text = _way(said)
    return label, f"{code} {text}"


def _way(said: Numbers) -> tuple[str, str]:
    listed = ranges(said.numbers)
    label = f"{listed}, catatan: {said.note}" if said.note else listed
    clipped = label if len(label) <= LABEL else label[: LABEL - 1] + "…"
    return clipped, f"{', '.join(map(str, said.numbers))}: {said.note}"
