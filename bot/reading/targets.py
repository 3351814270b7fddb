"""For whom a command is: everybody, one OPD, several; or items, a bundle, a programme."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from bot.reading.numbers import Ambiguous, numbers, numbers_before_date
from bot.reading.refusals import NoTarget, UnknownTarget
from bot.reading.text import INVISIBLE, B, compiled, excerpt, rest, stripped

EVERYONE = compiled(rf"{B}semua(?![\w-])(?>(?:{B}opd(?![\w-]))?)")
WORD = compiled(rf"{B}([^\s,;:&{INVISIBLE}]++)")
JOINT = compiled(rf"{B}(?>(?:(?:[,;&]|dan(?!\w)){B})+)")
BUNDLE = compiled(rf"{B}t([0-9]{{1,9}})(?![\w-])")
LETTER = compiled("[a-z]")


@dataclass(frozen=True, slots=True)
class Target:
    """OPD codes as they are known, in the order said, each once; all of them, sorted, for `semua`,
    and then `is_everyone`."""

    codes: tuple[str, ...]
    is_everyone: bool
    rest: str


@dataclass(frozen=True, slots=True)
class OfOpd:
    """Items of one OPD."""

    code: str
    numbers: tuple[int, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class OfBundle:
    id: int
    rest: str


@dataclass(frozen=True, slots=True)
class OfProgramme:
    code: str
    rest: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """The last number may begin the reason (`first`) or end the list (`second`): ask."""

    first: OfOpd
    second: OfOpd


def target(text: str, known: Collection[str]) -> Target:
    """`semua`, or codes joined by commas, at the beginning of a text. NoTarget, UnknownTarget."""
    if match := EVERYONE.match(text):
        return Target(tuple(sorted(known)), True, rest(text, match.end()))
    found = list(_codes(text, known))
    codes = dict.fromkeys(code for code, _ in found)
    return Target(tuple(codes), False, rest(text, found[-1][1]))


def only_target(text: str, known: Collection[str]) -> Target:
    """`target` where nothing may follow; UnknownTarget names what does (`semua kecuali DINKES`)."""
    said = target(text, known)
    if said.rest:
        name = said.rest.split(maxsplit=1)[0]
        raise UnknownTarget(excerpt(name.upper()), closest(name, known))
    return said


def item_target(
    text: str, known: Collection[str], programmes: Collection[str]
) -> OfOpd | OfBundle | OfProgramme:
    """`DINKES 3, 7`, `T12`, or a programme's code, where a date follows: the numbers end where it
    begins. Refuses with NoTarget, UnknownTarget, or as `numbers` does."""
    if whole := _whole(text, programmes):
        return whole
    code, listed = _opd(text, known, programmes)
    return OfOpd(code, *numbers_before_date(listed))


def item_target_and_reason(
    text: str, known: Collection[str], programmes: Collection[str]
) -> OfOpd | OfBundle | OfProgramme | Unclear:
    """The same where a reason follows: after blanks alone a number may belong to either."""
    if whole := _whole(text, programmes):
        return whole
    code, listed = _opd(text, known, programmes)
    said = numbers(listed)
    if isinstance(said, Ambiguous):
        ways = (OfOpd(code, way.numbers, way.note) for way in (said.first, said.second))
        return Unclear(*ways)
    return OfOpd(code, said.numbers, said.note)


def closest(code: str, known: Collection[str]) -> tuple[str, ...]:
    """At most three known codes that look like it, the likest first."""
    return tuple(get_close_matches(code[:40].upper(), known, n=3, cutoff=0.5))


def _codes(text: str, known: Collection[str]) -> Iterator[tuple[str, int]]:
    """Each code and where it ends. Another known one needs no comma: what follows is a date."""
    word: re.Match[str] | None = _first_word(text)
    while word:
        yield _known(word[1], known), word.end()
        joint = JOINT.match(text, word.end())
        word = WORD.match(text, joint.end() if joint else word.end())
        if word and not joint and not _is_plainly(word[1], known):
            return


def _opd(text: str, known: Collection[str], programmes: Collection[str]) -> tuple[str, str]:
    """One OPD, and the list of its items."""
    word = _first_word(text)
    return _known(word[1], known, programmes), text[word.end() :].lstrip(":, ")


def _whole(text: str, programmes: Collection[str]) -> OfBundle | OfProgramme | None:
    """A bundle or a programme; more than one at a time is refused, or the second would pass for
    a reason."""
    if match := BUNDLE.match(text):
        joint = JOINT.match(text, match.end())
        if BUNDLE.match(text, joint.end() if joint else match.end()):
            raise UnknownTarget(excerpt(text))
        return OfBundle(int(match[1]), rest(text, match.end()))
    word = _first_word(text)
    by_capitals = {code.upper(): code for code in programmes}
    if code := by_capitals.get(word[1].upper()):
        return OfProgramme(code, rest(text, word.end()))
    return None


def _first_word(text: str) -> re.Match[str]:
    if word := WORD.match(text):
        return word
    if stripped(text):
        raise UnknownTarget(excerpt(text))
    raise NoTarget


def _known(said: str, known: Collection[str], also: Collection[str] = ()) -> str:
    code = said.upper()
    if code in known:
        return code
    raise UnknownTarget(excerpt(code), closest(code, {*known, *also}))


def _is_plainly(said: str, known: Collection[str]) -> bool:
    """A code that cannot be the day of a date."""
    return bool(LETTER.search(said)) and said.upper() in known
