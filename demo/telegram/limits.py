"""How fast a bot may send, by the Bot API FAQ; sliding windows over the world's clock."""

import math
from collections import defaultdict
from collections.abc import Hashable
from datetime import datetime, timedelta

from demo.telegram.chats import Chat
from demo.telegram.refusals import Refused

CHAT = (3, timedelta(seconds=3))  # one a second, a short burst passes
GROUP = (20, timedelta(minutes=1))
ALL = (30, timedelta(seconds=1))


class Limits:
    """Remembers when what was sent; a refused message does not count."""

    def __init__(self) -> None:
        self.sent: dict[Hashable, list[datetime]] = defaultdict(list)

    def keep(self, bot_id: int, chat: Chat, now: datetime) -> None:
        """Refused("too_many") with `retry_after` in whole seconds."""
        windows: list[tuple[Hashable, int, timedelta]] = [
            ((bot_id, chat.id), *CHAT),
            ((bot_id,), *ALL),
        ]
        if chat.type != "private":
            windows.append(((bot_id, chat.id, "minute"), *GROUP))
        wait = max(self._wait(key, most, span, now) for key, most, span in windows)
        if wait > timedelta(0):
            seconds = math.ceil(wait.total_seconds())
            raise Refused("too_many", {"retry_after": seconds}, seconds=seconds)
        for key, _, _ in windows:
            self.sent[key].append(now)

    def _wait(self, key: Hashable, most: int, span: timedelta, now: datetime) -> timedelta:
        recent = [when for when in self.sent[key] if now - when < span]
        self.sent[key] = recent
        return recent[-most] + span - now if len(recent) >= most else timedelta(0)
