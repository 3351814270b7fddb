"""Which OPD a group's title most probably means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from db.chats import OpdFacts

SAID = {"dinas": "", "badan": "", "kecamatan": "", "kota": "", "grup": "", "group": ""}


def closest(title: str, opds: Iterable[OpdFacts]) -> list[OpdFacts]:
    """The likeliest first; equal ones by code."""
    return sorted(opds, key=lambda opd: (-_likeness(title, opd), opd.code))


def _likeness(title: str, opd: OpdFacts) -> float:
    """1.0 where the code stands in the title as a word of its own."""
    if opd.code.lower() in re.findall(r"[a-z0-9_-]+", title.lower()):
        return 1.0
    return max(_alike(title, opd.name), _alike(title, opd.code)) * 0.99


def _alike(one: str, other: str) -> float:
    """By what tells OPD apart: `Dinas` and the like are in most names."""
    return SequenceMatcher(None, _telling(one), _telling(other)).ratio()


def _telling(text: str) -> str:
    words = re.findall(r"\w+", text.lower())
    return " ".join(SAID.get(word, word) for word in words).strip()
