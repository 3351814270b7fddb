"""The members of a list of items, `3` and `5-8`, one after the other as they were typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.reading.names import MONTH
from bot.reading.refusals import BackwardRange, LongNumber, TooManyNumbers
from bot.reading.text import DASH, B, compiled, excerpt, stripped

MOST = 200  # numbers in one command
DIGITS = 6  # of an item's number

LABELS = rf"(?>(?:(?:#|(?:nomor|nomer|no|butir)(?![^\W\d_])\.?){B})*)"
TO = rf"{B}(?:{DASH}{{1,3}}|s/d\.?|s\.?{B}d\.?|sampai(?:{B}dengan)?|hingga){B}{LABELS}"
# Not a decimal, a percentage, an hour, a date, nor part of a word or of a picture.
ALONE = (
    r"(?![\w%°\ufe0f\u20e3])(?!\.[0-9])(?!:[0-9]{2}(?![0-9]))"
    rf"(?!,[0-9]++{B}%)(?!{B}/{B}[0-9])(?!{B}{DASH}++{B}[0-9])"
)
NUMBER = rf"{LABELS}([0-9]++)(?:{TO}([0-9]++){ALONE}|{ALONE})"
JOINT = rf"{B}(?>(?:(?:[,;&+]|dan(?!\w)){B})*)"
FIRST = compiled(B + NUMBER)
NEXT = compiled(f"({JOINT}){NUMBER}")
BEFORE_DATE_WORD = compiled(rf"{B}(?:{MONTH}|hari{B}(?:kerja{B})?lagi)(?![^\W\d_])")


class Member(NamedTuple):
    """`first` to `last` as digits, not yet counted; text[start:end] is how it was said, with what
    joins it to the one before. `is_joined`: by more than blanks. `is_dated`: `7 September`."""

    first: str
    last: str
    start: int
    end: int
    is_joined: bool
    is_dated: bool

    @property
    def is_long(self) -> bool:
        return max(len(self.first), len(self.last)) > DIGITS


def members(text: str) -> Iterator[Member]:
    """As long as one follows the other, from the beginning of the text."""
    match = FIRST.match(text)
    joined = True
    while match:
        *joint, first, last = match.groups()
        joined = not joint or any(map(stripped, joint))
        is_dated = bool(BEFORE_DATE_WORD.match(text, match.end()))
        yield Member(first, last or first, match.start(), match.end(), joined, is_dated)
        match = NEXT.match(text, match.end())


def counted(found: Iterable[Member]) -> tuple[int, ...]:
    """Their numbers, rising, each once; LongNumber, BackwardRange, TooManyNumbers."""
    spans = [_span(member) for member in found]
    numbers: set[int] = set()
    for span in spans:
        if len(span) <= MOST:
            numbers.update(span)
        if len(span) > MOST or len(numbers) > MOST:
            raise TooManyNumbers(sum(map(len, spans)), MOST)
    return tuple(sorted(numbers))


def _span(member: Member) -> range:
    if member.is_long:  # never int() of 5,000 digits
        raise LongNumber(excerpt(max(member.first, member.last, key=len)))
    first, last = int(member.first), int(member.last)
    if first > last:
        raise BackwardRange(first, last)
    return range(first, last + 1)
