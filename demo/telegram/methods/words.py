"""The words of a message or caption: parsed while reading the request, measured before posting."""

import re
import unicodedata
from typing import Any

from demo.telegram import entities, html_reader
from demo.telegram.entities import Entity, units
from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused

Words = tuple[str, list[Entity]]

MESSAGE, CAPTION, BYTES = 4096, 1024, 1 << 15
DROPPED = re.compile("[\r\u2028-\u202e]")
CONTROLS = re.compile("[\0-\x09\x0b-\x1f]")
INVISIBLE = "\u2800\ufeff\u00ad"


def of_message(call: Call) -> Words:
    """Refused where there is no text, or where it cannot be parsed."""
    if not call.text("text"):
        raise Refused("text_missing")
    return _parsed(call, call.text("text"), "entities")


def of_caption(call: Call) -> Words:
    return _parsed(call, call.text("caption"), "caption_entities")


def measure(said: Words, most: int, too_long: str) -> None:
    """Characters count, not UTF-16 units. A caption may be empty, a message may not."""
    if most == MESSAGE and not _shows(said[0]):
        raise Refused("text_blank")
    if len(said[0]) > most:
        raise Refused(too_long)


def _parsed(call: Call, source: str, given: str) -> Words:
    mode = call.text("parse_mode").lower()
    if len(source.encode("utf-8", "surrogatepass")) > BYTES:
        raise Refused("text_too_big")
    if mode in ("markdownv2", "markdown"):
        raise Refused("parse_mode_not_offered", mode=call.text("parse_mode"))
    if mode not in ("", "html", "none"):
        raise Refused("parse_mode_unknown")
    if mode == "html":
        text, chosen = html_reader.read(source)
    else:
        text, chosen = source, _chosen(source, call.args.get(given))
    text, chosen = _trimmed(CONTROLS.sub(" ", DROPPED.sub("", text)), chosen)
    return text, entities.merge(text, chosen)


def _chosen(text: str, given: Any) -> list[Entity]:
    """Entities of the request; what Telegram finds by itself is passed over."""
    found = [dict(entity) for entity in given or []]
    for entity in found:
        kind, offset = entity.get("type"), int(entity.get("offset", 0))
        end = offset + int(entity.get("length", 0))
        if kind not in entities.CHOSEN | entities.AUTOMATIC:
            raise Refused("entity_type")
        if offset < 0:
            raise Refused("entity_offset", offset=offset)
        if offset > units(text):
            raise Refused("entity_begins_late", offset=offset)
        if end > units(text):
            raise Refused("entity_ends_late", offset=offset, end=end)
    return [entity for entity in found if entity["type"] in entities.CHOSEN]


def _trimmed(text: str, chosen: list[Entity]) -> Words:
    """Blanks at both ends fall away, at the start none that an entity covers."""
    first = min((entity["offset"] for entity in chosen), default=len(text))
    start = min(len(text) - len(text.lstrip(" \n")), first)
    text = text[start:].rstrip(" \n")
    kept = []
    for entity in chosen:
        begin = entity["offset"] - start
        end = min(begin + entity["length"], units(text))
        entity.pop("_language", None)
        if begin < end:
            kept.append(entity | {"offset": begin, "length": end - begin})
    return text, kept


def _shows(text: str) -> bool:
    """Whether anything of it can be seen."""
    hidden = ("Zs", "Zl", "Zp", "Cc", "Cf")
    return any(c not in INVISIBLE and unicodedata.category(c) not in hidden for c in text)
