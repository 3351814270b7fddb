"""How Telegram cleans a text: what it drops, what becomes a blank, what falls away at the ends."""

import re
import unicodedata

from demo.telegram.entities import Entity, units

# tdlib/td misc.cpp clean_input_string
DROPPED = re.compile("[\r\u2028-\u202e\u030a\u0333\u033f]")
CONTROLS = re.compile("[\0-\x09\x0b-\x1f]")
HIDDEN = ("Zs", "Zl", "Zp", "Cc", "Cf")
INVISIBLE = "\u2800\ufeff\u00ad"


def clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The text without what Telegram drops, trimmed, and its entities moved along."""
    gone = [units(text[: match.start()]) for match in DROPPED.finditer(text)]
    text = CONTROLS.sub(" ", DROPPED.sub("", text))
    return _trimmed(text, [_moved(entity, gone) for entity in entities])


def shows(text: str) -> bool:
    """Whether anything of it can be seen."""
    return any(c not in INVISIBLE and unicodedata.category(c) not in HIDDEN for c in text)


def _moved(entity: Entity, gone: list[int]) -> Entity:
    begin, end = entity["offset"], entity["offset"] + entity["length"]
    before, inside = sum(at < begin for at in gone), sum(begin <= at < end for at in gone)
    return entity | {"offset": begin - before, "length": end - begin - inside}


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Blanks at both ends fall away, at the start none that an entity covers."""
    first = min((entity["offset"] for entity in entities), default=len(text))
    start = min(len(text) - len(text.lstrip(" \n")), first)
    text = text[start:].rstrip(" \n")
    kept = []
    for entity in entities:
        begin = entity["offset"] - start
        end = min(begin + entity["length"], units(text))
        if begin < end:
            kept.append(entity | {"offset": begin, "length": end - begin})
    return text, kept
