"""`3`, `3, 7`, `3 dan 7`, `5-8`: numbers as people write them, or a refusal of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from db.refusal import Refusal

MOST = 200
DIGITS = 6  # of a number that can be an item's

_FILLER = r"(?:(?:no|nomor|nomer|butir)\b\.?|#)"
_NUMBER = rf"(?:{_FILLER}\s*)*([0-9]+)"
_DASH = r"\s*(?:[-–—]|s\.?\s?/?d\.?|sampai|hingga)\s*"
_SPAN = re.compile(rf"{_NUMBER}(?:{_DASH}{_NUMBER})?", re.IGNORECASE)
_COMMA = re.compile(r"\s*(?:,|;|&|\bdan\b)+\s*", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


class BadNumbers(Refusal):
    """Nobody could say which items were meant. Example: /done 3, /done 3, 7, /done 5-8."""


class BackwardRange(Refusal):
    """The range ends before it begins. Example: 5-8."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last


class TooManyNumbers(Refusal):
    """More than `limit` items at once."""

    limit = MOST


@dataclass(frozen=True, slots=True)
class Numbers:
    """Item numbers, each once, in the order said; and what followed the list."""

    numbers: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Numbers apart by blanks alone, and words after them: one number with a note, or all?"""

    first: Numbers
    second: Numbers


def numbers(text: str) -> Numbers | Ambiguous:
    """Read a list and its note. Raises a Refusal for what cannot be read."""
    listed, rest = _list(text.strip())
    if rest.startswith(":"):
        return Numbers(listed, rest[1:].strip())
    more, after = _apart_by_blanks(listed, rest)
    if more == listed:
        return Numbers(listed, _note(rest))
    if not after:
        return Numbers(more)
    if after.startswith(":"):
        return Numbers(more, after[1:].strip())
    return Ambiguous(Numbers(listed, rest.strip()), Numbers(more, _note(after)))


def links(note: str) -> tuple[str, ...]:
    """The http and https addresses in a note."""
    return tuple(link.rstrip(".,;:!?)]}") for link in _LINK.findall(note))


def ranges(numbers: Iterable[int]) -> str:
    """`1–3, 7`."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in parts)


def _list(text: str) -> tuple[tuple[int, ...], str]:
    """The list with commas at the beginning of a text, and the rest."""
    match = _SPAN.match(text)
    if not match or not _ends(text, match.end()):
        raise BadNumbers
    found = [*_span(match)]
    at = match.end()
    while (comma := _COMMA.match(text, at)) and (match := _SPAN.match(text, comma.end())):
        if not _ends(text, match.end()):
            break
        found += _span(match)
        at = match.end()
        if len(found) > MOST:
            raise TooManyNumbers
    return tuple(dict.fromkeys(found)), text[at:].strip()


def _apart_by_blanks(listed: tuple[int, ...], rest: str) -> tuple[tuple[int, ...], str]:
    """Go on where only a blank divided the next number."""
    while rest and _SPAN.match(rest):
        try:
            more, after = _list(rest)
        except BadNumbers:
            break
        listed, rest = tuple(dict.fromkeys((*listed, *more))), after
        if len(listed) > MOST:
            raise TooManyNumbers
    return listed, rest


def _span(match: re.Match[str]) -> range:
    first, last = match[1], match[2] or match[1]
    if max(len(first), len(last)) > DIGITS:
        raise TooManyNumbers if match[2] else BadNumbers
    a, b = int(first), int(last)
    if b < a:
        raise BackwardRange(a, b)
    if b - a >= MOST:
        raise TooManyNumbers
    return range(a, b + 1)


def _ends(text: str, at: int) -> bool:
    """A number ends at a blank, a comma, a colon or the end: `3/9` and `3.5` are no items."""
    return at == len(text) or text[at] in " \t\n,;:&" or text[at].isspace()


def _note(rest: str) -> str:
    return rest.lstrip(" ,;:-–—").strip()
