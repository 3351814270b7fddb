"""So many messages in so many seconds: when the next one may begin."""

from __future__ import annotations

import math
from collections.abc import Iterable

CHAT, GROUP = (3, 3.0), (20, 60.0)  # so many in so many seconds
MANY = 256  # chats; when as many more are known, those silent long enough are forgotten


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


class Chats:
    """The windows of every chat."""

    def __init__(self) -> None:
        self._windows: dict[int, tuple[Window, ...]] = {}
        self._known = MANY

    def __len__(self) -> int:
        return len(self._windows)

    def seen(self, chat_id: int) -> tuple[Window, ...]:
        """None for a chat into which nothing was sent lately."""
        return self._windows.get(chat_id, ())

    def of(self, chat_id: int, second: float, now: float) -> tuple[Window, ...]:
        """`second`: how long one lasts."""
        if chat_id not in self._windows:
            self._forget(now)
            limits = (CHAT, GROUP) if chat_id < 0 else (CHAT,)
            self._windows[chat_id] = tuple(Window(m, s * second) for m, s in limits)
        return self._windows[chat_id]

    def _forget(self, now: float) -> None:
        if len(self._windows) < self._known:
            return
        self._windows = {
            chat: windows
            for chat, windows in self._windows.items()
            if not all(window.is_past(now) for window in windows)
        }
        self._known = len(self._windows) + MANY


def opens_at(windows: Iterable[Window]) -> float:
    """When all of them are open; 0 for none."""
    return max((window.opens_at() for window in windows), default=0.0)
