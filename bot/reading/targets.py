"""For whom a command is: everybody, one OPD, several; or items, a bundle, a programme."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from bot.reading.numbers import numbers_before_date
from bot.reading.refusals import BadNumbers, NoTarget, UnknownTarget

_CODE = r"[A-Za-z0-9_-]{2,20}"
_CODES = re.compile(rf"\s*({_CODE}(?:\s*,\s*{_CODE})*)(?=\s|$|:)\s*:?\s*", re.ASCII)
_BUNDLE = re.compile(r"\s*[Tt]([0-9]{1,9})(?=\s|$)\s*")
EVERYONE = "SEMUA"


@dataclass(frozen=True, slots=True)
class Target:
    """OPD codes in the order said; `is_everyone` for `semua`."""

    codes: tuple[str, ...]
    is_everyone: bool
    rest: str


@dataclass(frozen=True, slots=True)
class OfOpd:
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


def target(text: str, known: Collection[str]) -> Target:
    """`semua`, or codes joined by commas, at the beginning of a text."""
    match = _CODES.match(text)
    if not match:
        raise NoTarget
    codes = tuple(dict.fromkeys(code.strip().upper() for code in match[1].split(",")))
    rest = text[match.end() :].strip()
    if codes == (EVERYONE,):
        return Target(tuple(sorted(known)), True, rest)
    for code in codes:
        if code not in known:
            raise UnknownTarget(code, closest(code, known))
    return Target(codes, False, rest)


def item_target(
    text: str, known: Collection[str], programmes: Collection[str]
) -> OfOpd | OfBundle | OfProgramme:
    """`DINKES 3, 7`, `T12`, or a programme's code. The numbers end where commas end."""
    if bundle := _BUNDLE.match(text):
        return OfBundle(int(bundle[1]), text[bundle.end() :].strip())
    word, _, rest = text.strip().partition(" ")
    by_upper = {code.upper(): code for code in programmes}
    if word.upper() in by_upper:
        return OfProgramme(by_upper[word.upper()], rest.strip())
    one = target(text, known)
    if len(one.codes) != 1 or one.is_everyone:
        raise BadNumbers(text[:40])
    said, rest = numbers_before_date(one.rest)
    return OfOpd(one.codes[0], said, rest)


def closest(code: str, known: Collection[str]) -> tuple[str, ...]:
    return tuple(get_close_matches(code.upper(), known, n=3, cutoff=0.5))
