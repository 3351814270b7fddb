"""Telegram's HTML, read as strictly as tdlib's parse_html does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from demo.telegram import html_tags
from demo.telegram.entities import Entity, in_order
from demo.telegram.html_tags import TAGS
from demo.telegram.refusals import Refused

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


def read(source: str) -> tuple[str, list[Entity]]:
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
            raise Refused("html_no_end", tag=self.stack[-1].tag)
        self._mend_surrogates()
        for entity in self.entities:
            entity.pop("_language", None)
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
            raise Refused("html_surrogates") from None

    def _tag(self) -> None:
        begin = self.at
        end = _until(self.source, begin + 1, ">" + SPACES)
        if end == len(self.source):
            raise Refused("html_unclosed_tag", at=self._byte(begin))
        tag = self.source[begin + 1 : end].lower()
        if tag not in TAGS:
            raise Refused("html_unsupported_tag", tag=tag, at=self._byte(begin))
        self.at = end
        given = dict(self._attributes(tag, begin))
        self.at += 1
        if tag == "span" and given.get("class") != "tg-spoiler":
            raise Refused("html_span", at=self._byte(begin))
        self.stack.append(_Open(tag, units_loose(self.plain), len(self.plain), given))

    def _attributes(self, tag: str, begin: int) -> Iterator[tuple[str, str]]:
        while True:
            self._skip()
            if self._here() == ">":
                return
            yield self._attribute(tag, begin)

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        end = _until(self.source, self.at, "=>" + SPACES)
        name, self.at = self.source[self.at : end], end
        if not name:
            raise Refused("html_empty_attribute", tag=tag, at=self._byte(begin))
        self._skip()
        if not self._here():
            raise Refused("html_unclosed_named_tag", tag=tag, at=self._byte(begin))
        if self._here() != "=":
            return name, ""
        self.at += 1
        self._skip()
        if not self._here():
            raise Refused("html_unclosed_named_tag", tag=tag, at=self._byte(begin))
        value = self._quoted(begin) if self._here() in "'\"" else self._token()
        return name, value

    def _quoted(self, begin: int) -> str:
        quote, value = self._here(), ""
        self.at += 1
        while self._here() not in ("", quote):
            value += self._character()
        self.at += 1
        if self.at >= len(self.source):
            raise Refused("html_unclosed_tag", at=self._byte(begin))
        return value

    def _token(self) -> str:
        match = NAME_TOKEN.match(self.source, self.at)
        assert match is not None
        begin, self.at = self.at, match.end()
        if self._here() not in (">", *SPACES):
            raise Refused("html_name_token", at=self._byte(begin))
        return match.group().lower()

    def _end_tag(self) -> None:
        begin = self.at
        if not self.stack:
            raise Refused("html_unexpected_end", at=self._byte(begin))
        end = _until(self.source, begin, ">" + SPACES)
        name, self.at = self.source[begin + 2 : end].lower(), end
        self._skip()
        if self._here() != ">":
            raise Refused("html_unclosed_end", at=self._byte(begin))
        self.at += 1
        opened = self.stack.pop()
        if name and name != opened.tag:
            at = self._byte(begin)
            raise Refused("html_unmatched_end", at=at, tag=opened.tag, found=name)
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = units_loose(self.plain) - opened.offset
        if length == 0:
            return
        entity: Entity = {"type": TAGS[opened.tag], "offset": opened.offset, "length": length}
        covered = self.plain[opened.start :]
        last = self.entities[-1] if self.entities else {}
        if html_tags.complete(entity, opened.tag, opened.given, covered, last):
            self.entities.append(entity)

    def _skip(self) -> None:
        while self._here() and self._here() in SPACES:
            self.at += 1

    def _here(self) -> str:
        return self.source[self.at : self.at + 1]

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode())


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
