"""The words of a message or caption: parsed, trimmed and measured as the server does."""

from demo.telegram import entities, html
from demo.telegram.entities import Entity, units
from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused

Words = tuple[str, list[Entity]]


def of_message(call: Call) -> Words:
    """1 to 4096 characters after parsing."""
    text, found = _parsed(call, call.text("text"), "entities")
    if not text:
        raise Refused("text_empty")
    if len(text) > 4096:
        raise Refused("text_too_long")
    return text, found


def of_caption(call: Call) -> Words:
    """0 to 1024 characters after parsing."""
    text, found = _parsed(call, call.text("caption"), "caption_entities")
    if len(text) > 1024:
        raise Refused("caption_too_long")
    return text, found


def _parsed(call: Call, source: str, given: str) -> Words:
    mode = call.text("parse_mode").lower()
    if mode in ("markdownv2", "markdown"):
        raise Refused("parse_mode_not_offered", mode=call.text("parse_mode"))
    if mode not in ("", "html", "none"):
        raise Refused("parse_mode_unknown")
    text, chosen = html.parse(source) if mode == "html" else (source, call.args.get(given) or [])
    text, chosen = _trimmed(text, [dict(entity) for entity in chosen])
    return text, entities.merge(text, chosen)


def _trimmed(text: str, chosen: list[Entity]) -> Words:
    """Blanks at both ends fall away, and what stood on them."""
    start = units(text) - units(text.lstrip())
    text = text.strip()
    kept = []
    for entity in chosen:
        begin = max(entity["offset"] - start, 0)
        end = min(entity["offset"] + entity["length"] - start, units(text))
        if begin < end:
            entity |= {"offset": begin, "length": end - begin}
            entity.pop("_language", None)
            kept.append(entity)
    return text, kept
