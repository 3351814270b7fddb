"""Which numbers an OPD gives to the items of a programme: never one it has used."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby


class Numbering:
    """The first programme keeps its file's numbers; to any other, the next free ones."""

    def __init__(self, taken: Collection[int], own: Collection[tuple[int, int]]) -> None:
        """`own`: of this programme's items the OPD has, their number and the file's."""
        self._taken = set(taken)
        self._keeps = all(number == of_file for number, of_file in own) if own else not taken
        self.differs = False

    def give(self, of_file: int) -> int:
        is_free = self._keeps and of_file not in self._taken
        number = of_file if is_free else max(self._taken, default=0) + 1
        self._taken.add(number)
        self.differs = self.differs or number != of_file
        return number


def ranges(numbers: Iterable[int]) -> str:
    """`1–3, 7`."""
    found = []
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        ends = members if len(members) < 3 else [members[0], members[-1]]
        found.append(("–" if len(members) > 2 else ", ").join(map(str, ends)))
    return ", ".join(found)
