"""What must not be told: secrets anywhere, and in the log neither people's names nor the tokens of
links. The one place that knows how they look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

if TYPE_CHECKING:
    from telegram import Update

    from config.settings import Settings

Hide = Callable[[str], str]
NAMES = frozenset(
    {
        "first_name", "last_name", "username", "active_usernames", "sender_user_name",
        "forward_sender_name", "author_signature", "custom_title", "phone_number", "vcard",
    }
)  # fmt: skip
LINKS = (
    re.compile(r"((?:start|startgroup)(?:=|%3D))[\w-]+", re.I),  # t.me/…?start=TOKEN
    re.compile(r"(/start(?:@\w+)?\s+)[\w-]{16,}", re.I),
    re.compile(r"(\bclaim:)[\w-]+"),  # bot.buttons.Claim
)
SAID = re.compile(r"(/start(?:@\w+)?\s+)[\w-]+", re.I)
ALONE = re.compile(r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{22}(?![\w-])")  # 16 bytes
TOKEN = re.compile(r"[0-9]{6,16}(?::|%3A)[\w-]{30,}", re.I)  # anybody's
PASSWORD = re.compile(r"(://[^\s:/@]*:)[^\s@/]+(?=@)")
PIECE = 12  # characters of a token; no name is so long by chance
WORD = re.compile(rf"[\w-]{{{PIECE},}}")
TELLING = 6  # characters; a shorter secret would be found where it is none


def hider(settings: Settings) -> Hide:
    """Takes the token, whole or cut, the database's password and HEARTBEAT_URL out of a text."""
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    number, _, half = token.partition(":")
    told = re.compile(rf"\b{number}(?::|%3A)[\w-]*", re.I) if token else None
    others = sorted(_others(settings), key=len, reverse=True)

    def hide(text: str) -> str:
        if told:
            text = told.sub("[token]", text).replace(half, "[token]")
            text = WORD.sub(lambda word: "[token]" if _overlap(word[0], half) else word[0], text)
        for secret in others:
            text = text.replace(secret, "[secret]")
        return PASSWORD.sub(r"\1[secret]", TOKEN.sub("[token]", text))

    return hide


def without_links(text: str) -> str:
    """Without the tokens of links such as t.me/bot?start=TOKEN, which give a post."""
    for link in LINKS:
        text = link.sub(r"\1[link]", text)
    return text


def whole(update: Update | Mapping[str, Any]) -> dict[str, Any]:
    """The update as Telegram's JSON. Ids and what was said are kept; names of people and tokens of
    invitations are not. `update` may be raw, and of any shape."""
    raw = update if isinstance(update, Mapping) else update.to_dict()
    return {key: _kept(key, value) for key, value in raw.items()}


def _kept(key: str, value: Any) -> Any:
    if key in NAMES:
        return "[name]"
    match value:
        case str():
            return ALONE.sub("[link]", SAID.sub(r"\1[link]", without_links(value)))
        case Mapping():
            is_person = value.get("type") == "private"
            return {k: "[name]" if is_person and k == "title" else _kept(k, v)
                    for k, v in value.items()}  # fmt: skip
        case list() | tuple():
            return [_kept("", one) for one in value]
        case _:
            return value


def _overlap(word: str, half: str) -> bool:
    return any(word[n : n + PIECE] in half for n in range(len(word) - PIECE + 1))


def _others(settings: Settings) -> Iterator[str]:
    """As they are written, and as a library may have read them."""
    password = urlsplit(settings.database_url).password or ""
    read = unquote(password)
    for secret in {password, read, quote(read), *_of_address(settings.heartbeat_url)}:
        if len(secret) >= TELLING:
            yield secret


def _of_address(address: str | None) -> Iterator[str]:
    """All of it but the host: the path of such a link is what makes it work."""
    if address is None:
        return
    parts = urlsplit(address)
    behind = parts._replace(scheme="", netloc="").geturl()
    yield from (behind, unquote(behind), parts.path, parts.query, parts.fragment)
    yield from (part for part in parts.path.split("/") if len(part) >= 8)
    yield from (value for _, value in parse_qsl(parts.query))
    yield from (parts.username or "", parts.password or "")
