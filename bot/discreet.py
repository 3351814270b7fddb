"""What an update may say in the log: all of it but people's names and the tokens of links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from telegram import Update

NAMES = frozenset(
    {
        "first_name", "last_name", "username", "active_usernames", "sender_user_name",
        "forward_sender_name", "author_signature", "custom_title", "phone_number", "vcard",
    }
)  # fmt: skip
LINKS = (
    re.compile(r"((?:start|startgroup)(?:=|%3D))[\w-]+", re.I),  # t.me/…?start=TOKEN
    re.compile(r"(/start(?:@\w+)?\s+)[\w-]+", re.I),
    re.compile(r"(\bclaim:)[\w-]+"),  # bot.buttons.Claim
)
ALONE = re.compile(r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{22}(?![\w-])")  # 16 bytes


def whole(update: Update | Mapping[str, Any]) -> dict[str, Any]:
    """The update as Telegram's JSON. Ids and what was said are kept; names of people and tokens of
    invitations are not. `update` may be raw, and of any shape."""
    raw = update if isinstance(update, Mapping) else update.to_dict()
    return {key: _kept(key, value) for key, value in raw.items()}


def without_links(text: str) -> str:
    """Without the tokens of links such as t.me/bot?start=TOKEN, which give a post."""
    for link in LINKS:
        text = link.sub(r"\1[link]", text)
    return text


def _kept(key: str, value: Any) -> Any:
    if key in NAMES:
        return "[name]"
    match value:
        case str():
            return ALONE.sub("[link]", without_links(value))
        case Mapping():
            is_person = value.get("type") == "private"
            return {k: "[name]" if is_person and k == "title" else _kept(k, v)
                    for k, v in value.items()}  # fmt: skip
        case list() | tuple():
            return [_kept("", one) for one in value]
        case _:
            return value
