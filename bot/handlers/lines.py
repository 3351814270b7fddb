"""A title or a reason as people type it: one line, without marks nobody sees."""

from __future__ import annotations

import unicodedata

from db.refusal import Refusal

JOINER = "\u200d"  # of emoji that are made of several


class TooLong(Refusal):
    """More characters than the limit."""

    def __init__(self, limit: int) -> None:
        self.limit = limit


def one_line(text: str, limit: int) -> str:
    """Without line breaks, and without marks that turn the direction of writing."""
    seen = "".join(c for c in text if c.isspace() or c == JOINER or _is_seen(c))
    line = " ".join(seen.split())
    if len(line) > limit:
        raise TooLong(limit)
    return line


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
