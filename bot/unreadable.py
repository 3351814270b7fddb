"""Updates that the library cannot read: they are carried along as Telegram gave them."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import ExtBot

UNREADABLE = "unreadable"  # the api_kwargs of such an update


def read(bot: ExtBot[Any], one: dict[str, Any]) -> Update:
    """As far as the library can."""
    try:
        return Update.de_json(one, bot)
    except Exception:
        return Update(one["update_id"], api_kwargs={UNREADABLE: one})


def content(update: Update) -> dict[str, Any]:
    """Nothing: the library read it."""
    found: dict[str, Any] = update.api_kwargs.get(UNREADABLE, {})
    return found


def raw(update: Update) -> dict[str, Any]:
    """As `read` takes it."""
    return content(update) or update.to_dict()


def chat_id(update: Update) -> int | None:
    """Where it was said, as far as it can be made out."""
    for part in content(update).values():
        if isinstance(part, dict):
            said = part.get("message") if isinstance(part.get("message"), dict) else part
            chat = said.get("chat") if isinstance(said, dict) else None
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return int(chat["id"])
    return None
