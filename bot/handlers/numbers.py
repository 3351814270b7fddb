"""Read the numbers of a command, or ask which of two readings was meant."""

from __future__ import annotations

from bot.context import Call
from bot.reading.numbers import Ambiguous, Numbers, numbers, ranges
from db.question import Question

LABEL = 60  # characters of a button


def read(call: Call) -> Numbers:
    said = numbers(call.text)
    if isinstance(said, Ambiguous):
        ways = (way(call.of.code, one) for one in (said.first, said.second))
        raise Question("numbers", tuple(ways))
    return said


def way(code: str, said: Numbers) -> tuple[str, str]:
    """A label, and the same said so that it can be read in one way only."""
    listed = ranges(said.numbers)
    label = f"{listed}, catatan: {said.note}" if said.note else listed
    clipped = label if len(label) <= LABEL else label[: LABEL - 1] + "…"
    return clipped, f"{code} {', '.join(map(str, said.numbers))}: {said.note}"
