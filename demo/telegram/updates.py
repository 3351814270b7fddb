"""What waits for a bot: which kinds it asked for, how long they keep, what it acknowledged."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

KINDS = (
    "message", "edited_message", "callback_query", "my_chat_member", "chat_member",
    "channel_post", "edited_channel_post", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages", "guest_message", "message_reaction",
    "message_reaction_count", "inline_query", "chosen_inline_result", "shipping_query",
    "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "chat_join_request",
    "chat_boost", "removed_chat_boost", "managed_bot",
)  # fmt: skip
UNASKED = frozenset(KINDS) - {"chat_member", "message_reaction", "message_reaction_count"}
KEPT = {"callback_query": timedelta(seconds=150)}
KEPT_OTHERWISE = timedelta(hours=24)
QUIET_WEEK = timedelta(days=7)


@dataclass
class Waiting:
    id: int
    kind: str
    born: datetime
    what: dict[str, Any]

    def is_kept(self, now: datetime) -> bool:
        return now - self.born < KEPT.get(self.kind, KEPT_OTHERWISE)

    def as_json(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.what}


@dataclass
class Queue:
    """One bot's updates. `arrived` is set when one comes, so long polling never sleeps."""

    next_id: int
    allowed: frozenset[str] = UNASKED
    waiting: list[Waiting] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    newest: datetime | None = None

    def add(self, kind: str, what: dict[str, Any], now: datetime) -> None:
        """What the bot did not ask for is never queued."""
        if kind not in self.allowed:
            return
        if self.newest and now - self.newest >= QUIET_WEEK:
            self.next_id = (self.next_id * 69069 + 1) % 900_000_000 + 1  # "chosen randomly"
        self.newest = now
        self.waiting.append(Waiting(self.next_id, kind, now, what))
        self.next_id += 1
        self.arrived.set()

    def allow(self, kinds: Iterable[str]) -> None:
        """An empty list means the default; unknown kinds are passed over, as Telegram does."""
        self.allowed = frozenset(kinds) & frozenset(KINDS) or UNASKED

    def take(self, offset: int, limit: int, now: datetime) -> list[dict[str, Any]]:
        """Acknowledges everything before `offset` (negative: counted from the end)."""
        self.waiting = [one for one in self.waiting if one.is_kept(now)]
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif offset <= self.next_id + 10:  # one from far in the future is passed over
            self.waiting = [one for one in self.waiting if one.id >= offset]
        self.arrived.clear()
        return [one.as_json() for one in self.waiting[:limit]]
