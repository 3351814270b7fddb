"""The words of a message or caption: parsed while reading the request, measured before posting."""

from typing import Any

from demo.telegram import entities, html_reader
from demo.telegram.cleaning import clean, shows
from demo.telegram.entities import Entity, units
from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused

Words = tuple[str, list[Entity]]

MESSAGE, CAPTION, BYTES = 4096, 1024, 1 << 15


def of_message(call: Call) -> Words:
    """Refused where there is no text, or where it cannot be parsed."""
    if not call.text("text"):
        raise Refused("text_missing")
    return _parsed(call, call.text("text"), "entities")


def of_caption(call: Call) -> Words:
    return _parsed(call, call.text("caption"), "caption_entities")


def measure(said: Words, most: int, too_long: str) -> None:
    """Characters count, not UTF-16 units. A caption may be empty, a message may not."""
    if most == MESSAGE and not shows(said[0]):
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
    text, chosen = clean(text, chosen)
    return text, entities.merge(text, _mentioned(call, chosen))


def _mentioned(call: Call, chosen: list[Entity]) -> list[Entity]:
    """Only who has met the bot can be mentioned; of others the words stay."""
    kept = []
    for entity in chosen:
        if entity["type"] != "text_mention":
            kept.append(entity)
            continue
        user = call.world.users.get(entity["user"]["id"])
        if user and user.id in call.bot.known:
            kept.append(entity | {"user": user.as_json()})
    return kept


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
