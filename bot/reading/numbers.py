"""`3`, `3, 7`, `3 dan 7: lengkap`: items as people name them, and the note; or a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, takewhile

from bot.reading.members import Member, counted, members
from bot.reading.refusals import BadNumbers, NoNumbers
from bot.reading.text import DASH, INVISIBLE, B, compiled, excerpt, rest, stripped

CLOSED = compiled(rf"{B}(?::(?!//)|$)")
MARKS = compiled(rf"(?>(?:[,;.:/+&)]|{DASH}|[\s{INVISIBLE}])*)")
CODE = compiled(rf"{B}([A-Z0-9_-]{{2,20}})(?:{B}[:,]|(?=\s)|$)")
LINK = compiled(r"https?://[^\s<>\"]+")
AFTER_LINK = ".,;:!?'’”»…*_|"


@dataclass(frozen=True, slots=True)
class Numbers:
    """`numbers`: rising, each once, 200 at most. `note`: what followed, or nothing."""

    numbers: tuple[int, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The last number may begin the note (`first`) or end the list (`second`): ask."""

    first: Numbers
    second: Numbers


def numbers(text: str) -> Numbers | Ambiguous:
    """The items at the beginning of a text, and the note after them.

    Refuses with NoNumbers, BadNumbers, LongNumber, BackwardRange or TooManyNumbers.
    """
    found = _found(text)
    if CLOSED.match(text, found[-1].end):
        return Numbers(counted(found), _note(text, found[-1]))
    found = _without_long_note(found)
    every = Numbers(counted(found), _note(text, found[-1]))
    doubtful = max((n for n, one in enumerate(found) if n and _is_doubtful(one)), default=0)
    if not doubtful:
        return every
    fewer = found[:doubtful]
    return Ambiguous(Numbers(counted(fewer), _note(text, fewer[-1])), every)


def numbers_before_date(text: str) -> tuple[tuple[int, ...], str]:
    """The items and what follows them, where that must be a date: `3, 7 30 September` is 3 and 7,
    and blanks alone join nothing. Refuses as `numbers` does."""
    found = _found(text)
    plain = list(takewhile(lambda one: one.is_joined and not one.is_dated, found))
    if not plain:
        raise BadNumbers(excerpt(text))
    return counted(plain), rest(text, plain[-1].end)


def code_first(text: str) -> tuple[str, str] | None:
    """`DINKES 3, 7` as what may be an OPD's code, in capitals, and what follows it; or None.

    What has no letter (`24`, `5-8`) is never taken for a code: it would swallow items.
    """
    match = CODE.match(text)
    if not match or not re.search("[A-Za-z]", match[1]):
        return None
    return match[1].upper(), stripped(text[match.end() :])


def ranges(numbers: Iterable[int]) -> str:
    """The short spelling: `1–3, 7`. Two neighbours stay `1, 2`."""
    runs = groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0])
    return ", ".join(_run([number for _, number in run]) for _, run in runs)


def links(note: str) -> tuple[str, ...]:
    """The web addresses in a note, each once, without the punctuation of the sentence."""
    return tuple(dict.fromkeys(filter(None, map(_trimmed, LINK.findall(note)))))


def _found(text: str) -> list[Member]:
    if not stripped(text):
        raise NoNumbers
    if found := list(members(text)):
        return found
    raise BadNumbers(excerpt(text))


def _without_long_note(found: list[Member]) -> list[Member]:
    """A long number after a blank, with words behind it, is a telephone's or a letter's."""
    return found[:1] + list(takewhile(lambda one: one.is_joined or not one.is_long, found[1:]))


def _is_doubtful(member: Member) -> bool:
    return member.is_dated or not member.is_joined


def _note(text: str, last: Member) -> str:
    """What follows the list; BadNumbers where it looks like a list gone wrong (`3, -5`, `3 -`)."""
    tail = text[last.end :]
    if closed := CLOSED.match(tail):
        return stripped(tail[closed.end() :])
    match = MARKS.match(tail)
    marks, note = (match[0], tail[match.end() :]) if match else ("", tail)
    if _is_unfinished(stripped(marks), note):
        raise BadNumbers(excerpt(text))
    return stripped(note)


def _is_unfinished(marks: str, note: str) -> bool:
    if not note:
        return bool(marks.strip(",;.:)"))
    if note[0].isdecimal():
        return bool(marks.strip(",;")) or not note[0].isascii()
    return stripped(note).lower() == "dan"


def _run(run: list[int]) -> str:
    return f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run))


def _trimmed(link: str) -> str:
    """A closing bracket stays where the address itself opened it."""
    spare = {shut: link.count(shut) - link.count(opened) for opened, shut in ("()", "[]", "{}")}
    end = len(link)
    while link[end - 1] in AFTER_LINK or spare.get(link[end - 1], 0) > 0:
        end -= 1
        if link[end] in spare:
            spare[link[end]] -= 1
    return link[:end] if link[:end].partition("://")[2] else ""
