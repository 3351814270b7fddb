"""Text and entities written as HTML, for a transcript."""

import html
from collections.abc import Iterator

from demo.telegram.entities import Entity, in_order, units

WRITTEN = {
    "bold": ("<b>", "</b>"), "italic": ("<i>", "</i>"), "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"), "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"), "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}  # fmt: skip


def write(text: str, entities: list[Entity]) -> str:
    """The text as HTML: formatting as tags, what Telegram found by itself left plain."""
    marks: dict[int, list[str]] = {}
    for entity in in_order(entities):
        opening, closing = _written(entity)
        marks.setdefault(entity["offset"], []).append(opening)
        marks.setdefault(entity["offset"] + entity["length"], []).insert(0, closing)
    return "".join(_woven(text, marks))


def _woven(text: str, marks: dict[int, list[str]]) -> Iterator[str]:
    at = 0
    for char in text:
        yield from marks.get(at, ())
        yield html.escape(char, quote=False)
        at += units(char)
    yield from marks.get(at, ())


def _written(entity: Entity) -> tuple[str, str]:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{html.escape(entity["url"])}">', "</a>"
    if kind == "text_mention":
        return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
    if kind == "date_time":
        wanted = entity.get("date_time_format")
        look = f' format="{wanted}"' if wanted else ""
        return f'<tg-time unix="{entity["unix_time"]}"{look}>', "</tg-time>"
    if kind == "pre":
        language = entity.get("language")
        inner = f'<code class="language-{language}">' if language else ""
        return f"<pre>{inner}", f"{'</code>' if language else ''}</pre>"
    return WRITTEN.get(kind, ("", ""))
