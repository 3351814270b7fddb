"""What every reader shares: blanks, dashes, words, and how a refusal quotes what was typed.

Patterns are matched at one place, never searched for, and repeat possessively (`*+`): no text,
however long or hostile, costs more than a walk along it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff"  # what chat programs leave around pasted words
EDGES = INVISIBLE + "".join(filter(str.isspace, map(chr, range(0x3001))))
B: Final = rf"[\s{INVISIBLE}]*+"  # any blanks, none included
DASH: Final = r"[-‐‑‒–—―−]"
QUOTED = 40  # characters of what was typed, in a refusal

_AFTER_LIST = re.compile(rf"(?>(?:[,;:]|\.(?=\s|$)|{DASH}(?=[\s{INVISIBLE}]))*)")


def compiled(pattern: str) -> re.Pattern[str]:
    """However it is capitalised."""
    return re.compile(pattern, re.IGNORECASE)


def stripped(text: str) -> str:
    """Without blanks and invisible marks at either end."""
    return text.strip(EDGES)


def rest(text: str, at: int) -> str:
    """What follows a date or a target, spelled as it was; the comma, colon or dash between the two
    belongs to neither."""
    tail = stripped(text[at:])
    match = _AFTER_LIST.match(tail)
    return stripped(tail[match.end() :] if match else tail)


def excerpt(text: str) -> str:
    """At most QUOTED characters of one line, without marks that turn the direction of writing."""
    seen = text[: 4 * QUOTED]
    line = " ".join("".join(c for c in seen if _is_shown(c)).split())
    cut = len(line) > QUOTED or len(text) > len(seen)
    return line[: QUOTED - 1].rstrip() + "…" if cut else line


def _is_shown(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")
