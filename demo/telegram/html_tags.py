"""What a tag of Telegram's HTML becomes: its entity, with what only some of them have."""

import re

from demo.telegram.entities import Entity
from demo.telegram.refusals import Refused

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "tg-emoji": "custom_emoji",
    "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-time": "date_time",
}  # fmt: skip
LANGUAGE = "language-"


def complete(entity: Entity, tag: str, given: dict[str, str], covered: str, last: Entity) -> bool:
    """Adds what belongs to it; False where it falls away. `last`: the entity closed before."""
    if tag == "a":
        return _link(entity, given.get("href") or covered)
    if tag == "blockquote" and "expandable" in given:
        entity["type"] = "expandable_blockquote"
    if tag == "tg-emoji":
        _emoji(entity, given.get("emoji-id", ""))
    if tag == "tg-time":
        _time(entity, given)
    if tag == "pre" and _takes_the_language(entity, last):
        return False
    if tag == "code" and given.get("class", "").startswith(LANGUAGE):
        entity["_language"] = given["class"].removeprefix(LANGUAGE)
    return True


def _emoji(entity: Entity, id: str) -> None:
    if not id.isdigit() or not 0 < int(id) < 2**63:
        raise Refused("html_emoji")
    entity["custom_emoji_id"] = id


def _time(entity: Entity, given: dict[str, str]) -> None:
    if not given.get("unix", "").isdigit() or int(given["unix"]) == 0:
        raise Refused("html_time_unix")
    wanted = given.get("format", "")
    if wanted not in ("", "r") and set(wanted) - set("wWdDtT"):
        raise Refused("html_time_format")
    entity |= {"unix_time": int(given["unix"]), "date_time_format": _in_their_order(wanted)}


def _takes_the_language(entity: Entity, last: Entity) -> bool:
    """<pre><code class="language-x"> is one entity."""
    same = (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"])
    if last.get("type") != "code" or not same or not last.get("_language"):
        return False
    last["type"], last["language"] = "pre", last.pop("_language")
    return True


def _link(entity: Entity, url: str) -> bool:
    if match := re.fullmatch(r"tg://user\?id=(\d+)", url):
        entity |= {"type": "text_mention", "user": {"id": int(match.group(1))}}
        return True
    if not re.match(r"[a-z]+://", url, re.I):
        url = f"http://{url}"
    if not re.fullmatch(r"[a-z]+://[^\s/?#]*[^\s/?#.]+(?:[/?#]\S*)?", url, re.I):
        return False
    if "." not in url and not url.startswith("tg://"):
        return False
    entity["url"] = url if re.search(r"://[^/]*[/?#]", url) else f"{url}/"
    return True


def _in_their_order(wanted: str) -> str:
    """Weekday, date, time; of two precisions the shorter."""
    if wanted == "r":
        return wanted
    parts = [next((c for c in pair if c in wanted), "") for pair in ("wW", "dD", "tT")]
    return "".join(parts).replace("W", "w")
