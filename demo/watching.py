"""Watch a make-believe Telegram: what has become visible in it since one last looked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from demo.moments import Bubble, Event, Moment, Place, PopUp, Run
from demo.telegram import Chat, Message, Telegram
from demo.telegram.world import Called

TOKEN = re.compile(r"(\?start(?:group)?=|^/start(?:@\w+)? )[A-Za-z0-9_-]{8,}")
"""Random and secret, so it is shown as an ellipsis."""


@dataclass
class Watch:
    """`look` tells each moment once, in the order in which they happened."""

    telegram: Telegram
    bubbles: int = 0
    calls: int = 0

    def look(self) -> list[Moment]:
        """Edits and pop-ups answer what was there already, so they come first."""
        calls, self.calls = self.telegram.calls[self.calls :], len(self.telegram.calls)
        new = self.telegram.transcript[self.bubbles :]
        self.bubbles = len(self.telegram.transcript)
        changes = [moment for call in calls for moment in self._change(call)]
        return changes + [moment for message in new if (moment := seen(message))]

    def _change(self, call: Called) -> Iterator[Moment]:
        if call.code != 200:
            return
        if call.method == "editMessageText":  # buttons that go are not worth a second bubble
            chat = self.telegram.chat_of(call.bot, int(call.params["chat_id"]))
            message = chat and chat.message(int(call.params["message_id"]))
            if message and (moment := seen(message)):
                yield moment
        elif call.method == "answerCallbackQuery" and call.params.get("text"):
            press = call.bot.presses[str(call.params["callback_query_id"])]
            yield PopUp(place(press.message.chat), press.when, press.person.name, press.text)


def seen(message: Message) -> Moment | None:
    """As people see it; None for service messages that tell them nothing."""
    where = place(message.chat)
    if message.service:
        text = _event(message)
        return Event(where, message.when, text) if text else None
    return Bubble(
        place=where,
        who=message.who,
        is_bot=message.sender.is_bot,
        when=message.edited or message.when,
        runs=tuple(_runs(message)),
        buttons=tuple(tuple(row) for row in message.buttons),
        file=message.media.name if message.media else "",
        is_edited=message.edited is not None,
    )


def place(chat: Chat) -> Place:
    return Place(chat.title, chat.person.name if chat.person else "")


def _runs(message: Message) -> Iterator[Run]:
    """Cut wherever an entity begins or ends; what people type has none worth showing."""
    raw = message.text.encode("utf-16-le")
    entities = message.entities if message.sender.is_bot else []
    edges = {0, len(raw) // 2}.union(*((e["offset"], e["offset"] + e["length"]) for e in entities))
    for start, end in pairwise(sorted(edges)):
        kinds = {e["type"] for e in entities if e["offset"] <= start < e["offset"] + e["length"]}
        words = raw[2 * start : 2 * end].decode("utf-16-le")
        yield TOKEN.sub(r"\1…", words), frozenset(kinds)


def _event(message: Message) -> str:
    who = message.who
    if added := message.service.get("new_chat_members"):
        return f"{who} menambahkan {', '.join(one['first_name'] for one in added)}"
    if title := message.service.get("new_chat_title"):
        return f"{who} mengubah nama grup menjadi {title}"
    return ""
