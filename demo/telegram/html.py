"""Telegram's HTML: read as strictly as tdlib's parse_html does, and written for a transcript."""

import html as escaping
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from demo.telegram.entities import Entity, in_order, units
from demo.telegram.refusals import Refused

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "tg-emoji": "custom_emoji",
    "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-time": "date_time",
}  # fmt: skip
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#(\d+)|(lt|gt|amp|quot)(?![A-Za-z]));?")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
SPACES = " \t\r\n\0\v"


@dataclass
class _Open:
    tag: str
    offset: int
    start: int
    given: dict[str, str] = field(default_factory=dict)


def parse(source: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities. Refused("html") with tdlib's own words."""
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0
        self.plain, self.entities = "", list[Entity]()
        self.stack: list[_Open] = []

    def run(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source[self.at] == "<":
                self._end_tag() if self.source[self.at + 1 : self.at + 2] == "/" else self._tag()
            else:
                self.plain += self._character()
        if self.stack:
            self._fail(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        self._mend_surrogates()
        return self.plain, in_order(self.entities)

    def _character(self) -> str:
        if (match := REFERENCE.match(self.source, self.at)) and (char := _decode(match)):
            self.at = match.end()
            return char
        self.at += 1
        return self.source[self.at - 1]

    def _mend_surrogates(self) -> None:
        try:
            self.plain = self.plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            self._fail(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )

    def _tag(self) -> None:
        begin = self.at
        end = _until(self.source, begin + 1, ">" + SPACES)
        if end == len(self.source):
            self._fail(f"Unclosed start tag at byte offset {self._byte(begin)}")
        tag = self.source[begin + 1 : end].lower()
        if tag not in TAGS:
            self._fail(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        self.at = end
        given = dict(self._attributes(tag, begin))
        self.at += 1
        if tag == "span" and given.get("class") != "tg-spoiler":
            self._fail(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}'
            )
        self.stack.append(_Open(tag, units_loose(self.plain), len(self.plain), given))

    def _attributes(self, tag: str, begin: int) -> Iterator[tuple[str, str]]:
        while True:
            self._skip()
            if self._here() == ">":
                return
            if not self._here():
                self._fail(f"Unclosed start tag at byte offset {self._byte(begin)}")
            yield self._attribute(tag, begin)

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        end = _until(self.source, self.at, "=>" + SPACES)
        name, self.at = self.source[self.at : end], end
        if not name:
            where = self._byte(begin)
            self._fail(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
        self._skip()
        if self._here() != "=":
            return name, ""
        self.at += 1
        self._skip()
        if not self._here():
            self._fail(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        value = self._quoted(begin) if self._here() in "'\"" else self._token()
        return name, value

    def _quoted(self, begin: int) -> str:
        quote, value = self._here(), ""
        self.at += 1
        while self._here() not in ("", quote):
            value += self._character()
        self.at += 1
        if self.at >= len(self.source):
            self._fail(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return value

    def _token(self) -> str:
        match = NAME_TOKEN.match(self.source, self.at)
        assert match is not None
        begin, self.at = self.at, match.end()
        if self._here() not in (">", *SPACES):
            self._fail(f"Unexpected end of name token at byte offset {self._byte(begin)}")
        return match.group().lower()

    def _end_tag(self) -> None:
        begin = self.at
        if not self.stack:
            self._fail(f"Unexpected end tag at byte offset {self._byte(begin)}")
        end = _until(self.source, begin, ">" + SPACES)
        name, self.at = self.source[begin + 2 : end].lower(), end
        self._skip()
        if self._here() != ">":
            self._fail(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        opened = self.stack.pop()
        if name and name != opened.tag:
            where = f"at byte offset {self._byte(begin)}"
            self._fail(f'Unmatched end tag {where}, expected "</{opened.tag}>", found "</{name}>"')
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = units_loose(self.plain) - opened.offset
        if length == 0:
            return
        entity: Entity = {"type": TAGS[opened.tag], "offset": opened.offset, "length": length}
        if self._complete(entity, opened):
            self.entities.append(entity)

    def _complete(self, entity: Entity, opened: _Open) -> bool:
        """Adds what only some entities have; False where the entity falls away."""
        given = opened.given
        if opened.tag == "a":
            return self._link(entity, given.get("href") or self.plain[opened.start :])
        if opened.tag == "blockquote" and "expandable" in given:
            entity["type"] = "expandable_blockquote"
        if opened.tag == "tg-emoji":
            if not given.get("emoji-id", "").isdigit() or int(given["emoji-id"]) == 0:
                self._fail("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = given["emoji-id"]
        if opened.tag == "tg-time":
            self._time(entity, given)
        if opened.tag == "pre" and self._is_code_of_language(entity):
            return False
        if opened.tag == "code" and given.get("class", "").startswith("language-"):
            entity["_language"] = given["class"].removeprefix("language-")
        return True

    def _time(self, entity: Entity, given: dict[str, str]) -> None:
        if not given.get("unix", "").isdigit():
            self._fail("Invalid date specified")
        entity["unix_time"] = int(given["unix"])
        if given.get("format"):
            entity["date_time_format"] = given["format"]

    def _is_code_of_language(self, entity: Entity) -> bool:
        """<pre><code class="language-x"> is one entity."""
        last = self.entities[-1] if self.entities else {}
        same = (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"])
        if last.get("type") != "code" or not same or not last.get("_language"):
            return False
        last["type"], last["language"] = "pre", last.pop("_language")
        return True

    def _link(self, entity: Entity, url: str) -> bool:
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

    def _skip(self) -> None:
        while self._here() and self._here() in SPACES:
            self.at += 1

    def _here(self) -> str:
        return self.source[self.at : self.at + 1]

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode())

    def _fail(self, why: str) -> None:
        raise Refused("html", why=why)


def units_loose(text: str) -> int:
    """Like `units`, but half a character counts too."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _until(text: str, at: int, stops: str) -> int:
    while at < len(text) and text[at] not in stops:
        at += 1
    return at


def _decode(match: re.Match[str]) -> str:
    """The character, or nothing where tdlib leaves the reference as it stands."""
    hexadecimal, decimal, name = match.groups()
    if name:
        return NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    too_long = len(match.group().rstrip(";")) >= 10
    return "" if code == 0 or code >= 0x10FFFF or too_long else chr(code)


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
        yield escaping.escape(char, quote=False)
        at += units(char)
    yield from marks.get(at, ())


def _written(entity: Entity) -> tuple[str, str]:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{escaping.escape(entity["url"])}">', "</a>"
    if kind == "text_mention":
        return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
    if kind == "date_time":
        return f'<tg-time unix="{entity["unix_time"]}">', "</tg-time>"
    if kind == "pre":
        language = entity.get("language")
        inner = f'<code class="language-{language}">' if language else ""
        return f"<pre>{inner}", f"{'</code>' if language else ''}</pre>"
    return WRITTEN.get(kind, ("", ""))
