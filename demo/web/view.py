"""What one person sees of one chat, and of all the others at its side: plain facts as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

from babel.dates import format_date

from demo.telegram import Chat, Message, Person
from demo.web.hands import picture
from demo.web.stage import Stage

MOST = 200  # bubbles of a chat
START = re.compile(r"(/start(?:@\w+)?) \S+")
"""Telegram's apps show no payload behind Start."""
Read = dict[tuple[int, int], int]
"""How many bubbles of a chat (by its id) a person (by theirs) has seen."""


def day(moment: datetime) -> str:
    return format_date(moment, "EEEE, d MMMM y", locale="id")


def hour(moment: datetime) -> str:
    return f"{moment:%H.%M}"


def person(stage: Stage, who: Person, read: Read) -> dict[str, Any]:
    unread = sum(_unread(who, chat, read) for chat in stage.chats_of(who))
    return {"id": str(who.id), "name": who.name, "about": stage.about[who.id], "unread": unread}


def line(stage: Stage, who: Person, chat: Chat, read: Read) -> dict[str, Any]:
    """A chat in the list."""
    visible = [bubble for bubble in chat.bubbles if _is_seen(bubble)]
    last = visible[-1] if visible else None
    return {
        "id": str(chat.id),
        "title": chat.title,
        "private": chat.type == "private",
        "last": _summary(last) if last else "",
        "who": ("Anda" if last.sender is who else last.who) if last and not last.service else "",
        "time": hour(last.when) if last else "",
        "at": last.when.isoformat() if last else "",
        "unread": _unread(who, chat, read),
    }


def open_chat(stage: Stage, who: Person, chat: Chat) -> dict[str, Any]:
    inside = [m for m in chat.members.values() if m.is_inside]
    menu = stage.bot.menu_for(chat.member(who), chat)
    has_bot = chat.member(stage.bot).is_inside
    return {
        "id": str(chat.id),
        "title": chat.title,
        "private": chat.type == "private",
        "kind": chat.type,
        "members": [m.user.name for m in inside],
        "started": chat.type != "private" or who.id in stage.bot.started_by,
        "bot": f"@{stage.bot.username}" if has_bot and chat.type != "private" else "",
        "menu": menu if has_bot else [],
        "bubbles": [bubble(one, who) for one in chat.bubbles[-MOST:] if _is_seen(one)],
    }


def bubble(message: Message, who: Person) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "id": message.id,
        "time": hour(message.when),
        "day": day(message.when),
        "service": event(message) if message.service else "",
    }
    if message.service:
        return facts
    return facts | {
        "who": message.who,
        "mine": message.sender is who,
        "bot": message.sender.is_bot,
        "edited": message.edited is not None,
        "silent": message.silent,
        "runs": list(_runs(message)),
        "text": words(message),
        "rows": [[_button(button) for button in row] for row in message.keyboard],
        "file": _file(message),
        "reply": _reply(message),
        "asks": bool(message.forced_reply),
    }


def event(message: Message) -> str:
    """What Telegram itself writes in grey; empty where it shows people nothing."""
    who, facts = message.who, message.service
    if added := facts.get("new_chat_members"):
        return f"{who} menambahkan {', '.join(one['first_name'] for one in added)}"
    if gone := facts.get("left_chat_member"):
        return f"{who} mengeluarkan {gone['first_name']}"
    if title := facts.get("new_chat_title"):
        return f"{who} mengubah nama grup menjadi “{title}”"
    if "migrate_from_chat_id" in facts:
        return "Grup ini menjadi supergrup; percakapan lama tinggal di grup lama"
    return ""


def press(one: Any) -> dict[str, Any]:
    return {"id": one.id, "answered": one.answered, "text": one.text, "alert": one.show_alert}


def _unread(who: Person, chat: Chat, read: Read) -> int:
    new = chat.bubbles[read.get((who.id, chat.id), 0) :]
    return sum(1 for one in new if one.sender is not who and not one.service and not one.deleted)


def _is_seen(message: Message) -> bool:
    return not message.deleted and (not message.service or bool(event(message)))


def words(message: Message) -> str:
    """The text, as Telegram's apps show it."""
    started = None if message.sender.is_bot else START.fullmatch(message.text)
    return started[1] if started else message.text


def _summary(message: Message) -> str:
    if message.service:
        return event(message)
    short = words(message).replace("\n", " ")[:80]
    return f"📎 {short or message.media.name}" if message.media else short


def _runs(message: Message) -> Iterator[dict[str, Any]]:
    """Cut wherever an entity begins or ends."""
    raw = words(message).encode("utf-16-le")
    entities = message.entities
    edges = {0, len(raw) // 2}.union(*((e["offset"], e["offset"] + e["length"]) for e in entities))
    for start, end in pairwise(sorted(edges)):
        here = [e for e in entities if e["offset"] <= start < e["offset"] + e["length"]]
        piece = raw[2 * start : 2 * end].decode("utf-16-le")
        url = next((e["url"] for e in here if e["type"] == "text_link"), "")
        yield {"words": piece, "kinds": sorted({e["type"] for e in here}), "url": url}


def _button(button: dict[str, Any]) -> dict[str, str]:
    kept = {"text": "label", "callback_data": "data", "url": "url", "style": "style"}
    return {new: button[old] for old, new in kept.items() if old in button}


def _file(message: Message) -> dict[str, Any] | None:
    if (file := message.media) is None:
        return None
    shown = picture(file.data) if file.kind == "photo" else ""
    return {"id": file.id, "name": file.name, "size": len(file.data), "picture": bool(shown)}


def _reply(message: Message) -> dict[str, Any] | None:
    if (answered := message.reply_to) is None:
        return None
    return {"id": answered.id, "who": answered.who, "text": _summary(answered)}
