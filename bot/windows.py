"""So many messages in so many seconds: when the next one may begin."""

from __future__ import annotations

import math
from collections.abc import Iterable


class Slot:
    """One message: on its way for ever, until `end` says when Telegram answered."""

    def __init__(self) -> None:
        self.end = math.inf


class Window:
    """At most `most` in any `span` seconds: the next begins a span after the earliest answer to
    the last `most`, since Telegram counted that one somewhere between its start and its answer.
    One that hangs keeps its place, and no other waits for it."""

    def __init__(self, most: int, span: float) -> None:
        self.most, self.span = most, span
        self.slots: list[Slot] = []

    def opens_at(self) -> float:
        is_full = len(self.slots) == self.most
        return min(slot.end for slot in self.slots) + self.span if is_full else 0.0

    def half_opens_at(self, now: float) -> float:
        """When no more than half of them is taken, this one included (at least it alone)."""
        ends = sorted(min(slot.end, now) for slot in self.slots)
        half = max(1, self.most // 2)
        return ends[-half] + self.span if len(ends) >= half else 0.0

    def add(self, slot: Slot) -> None:
        if len(self.slots) == self.most:
            self.slots.remove(min(self.slots, key=lambda one: one.end))
        self.slots.append(slot)

    def is_past(self, now: float) -> bool:
        return all(slot.end + self.span < now for slot in self.slots)


def opens_at(windows: Iterable[Window]) -> float:
    """When all of them are open; 0 for none."""
    return max((window.opens_at() for window in windows), default=0.0)
