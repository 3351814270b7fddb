"""Commands, mentions, links: what Telegram itself finds in a text. Offsets are UTF-16 units."""

import re
from typing import Any

Entity = dict[str, Any]

# tdlib/td MessageEntity.cpp: a command stands alone, mentions and hashtags likewise
FOUND = (
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])"),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}", re.I)),
    (
        "url",
        re.compile(
            r"(?<![\w@/#])(?:https?://|tg://)?(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#][^\s<>«»\"]*)?(?<![.:;,('?!`])",
            re.I,
        ),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{3,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}(?![\w#])")),
)

STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
UNSTYLED = ("code", "pre", "date_time")
AUTOMATIC = frozenset(
    (
        "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
        "bank_card_number",
    )
)  # fmt: skip
CHOSEN = frozenset((*STYLES, *UNSTYLED, "blockquote", "expandable_blockquote", "text_link",
                    "text_mention", "custom_emoji"))  # fmt: skip


def units(text: str) -> int:
    """The length of `text` as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, entity: Entity) -> str:
    """The part of `text` that `entity` covers."""
    raw, at = text.encode("utf-16-le"), 2 * entity["offset"]
    return raw[at : at + 2 * entity["length"]].decode("utf-16-le")


def find(text: str) -> list[Entity]:
    """What Telegram finds in a plain text, in order, none inside another."""
    found: list[Entity] = []
    for kind, pattern in FOUND:
        for match in pattern.finditer(text):
            entity = _entity(kind, text, match.start(), match.end())
            if not any(overlap(entity, other) for other in found):
                found.append(entity)
    return in_order(found)


def merge(text: str, chosen: list[Entity]) -> list[Entity]:
    """The chosen entities and whatever is found outside code and links."""
    solid = [e for e in chosen if e["type"] in (*UNSTYLED, "text_link", "text_mention")]
    extra = [e for e in find(text) if not any(overlap(e, other) for other in solid)]
    return in_order(extra + [piece for e in chosen for piece in _around_code(e, chosen)])


def _around_code(entity: Entity, chosen: list[Entity]) -> list[Entity]:
    """A style is cut where code or a moment stands inside it, as tdlib does."""
    if entity["type"] not in STYLES:
        return [entity]
    at, end, pieces = entity["offset"], entity["offset"] + entity["length"], []
    for solid in in_order([e for e in chosen if e["type"] in UNSTYLED and overlap(e, entity)]):
        pieces.append((at, solid["offset"]))
        at = solid["offset"] + solid["length"]
    pieces.append((at, end))
    return [entity | {"offset": a, "length": b - a} for a, b in pieces if a < b]


def overlap(one: Entity, other: Entity) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )


def in_order(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def _entity(kind: str, text: str, start: int, end: int) -> Entity:
    return {"type": kind, "offset": units(text[:start]), "length": units(text[start:end])}
