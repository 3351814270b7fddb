"""How fast a bot may send, by the Bot API FAQ; sliding windows over the world's clock."""

import math
from collections import deque
from collections.abc import Hashable
from datetime import datetime, timedelta

from demo.telegram.chats import Chat
from demo.telegram.refusals import Refused

SECOND = timedelta(seconds=1)
CHAT = (3, 3)  # messages in seconds: one a second, a short burst passes
GROUP = (20, 60)
ALL = (30, 1)
Window = tuple[Hashable, int, timedelta]


class Limits:
    """Remembers when what was sent; a refused message does not count. `second`: how long one
    lasts here, so that a large broadcast can be shown in fast time."""

    def __init__(self, second: timedelta = SECOND) -> None:
        self.second = second
        self.sent: dict[Hashable, deque[datetime]] = {}
        self.swept: datetime | None = None

    def keep(self, bot_id: int, chat: Chat, now: datetime) -> None:
        """Refused("too_many") with `retry_after` in whole seconds."""
        windows = self._windows(bot_id, chat)
        wait = max(self._wait(window, now) for window in windows)
        if wait > timedelta(0):
            seconds = math.ceil(wait / self.second)
            raise Refused("too_many", {"retry_after": seconds}, seconds=seconds)
        for key, most, _ in windows:
            self.sent.setdefault(key, deque(maxlen=most)).append(now)
        self._sweep(now)

    def _windows(self, bot_id: int, chat: Chat) -> list[Window]:
        windows = [self._window((bot_id, chat.id), CHAT), self._window((bot_id,), ALL)]
        if chat.type != "private":
            windows.append(self._window((bot_id, chat.id, "minute"), GROUP))
        return windows

    def _window(self, key: Hashable, limit: tuple[int, int]) -> Window:
        most, seconds = limit
        return key, most, seconds * self.second

    def _wait(self, window: Window, now: datetime) -> timedelta:
        """Until the oldest that still counts has left the window."""
        key, most, span = window
        sent = self.sent.get(key)
        return sent[0] + span - now if sent and len(sent) == most else timedelta(0)

    def _sweep(self, now: datetime) -> None:
        """Once in the longest span, forget whom nothing was sent to for that long."""
        longest = GROUP[1] * self.second
        if self.swept and now - self.swept < longest:
            return
        self.swept = now
        self.sent = {key: sent for key, sent in self.sent.items() if now - sent[-1] < longest}
