"""A long message in parts that Telegram takes."""

from __future__ import annotations

import re
from itertools import chain

LONGEST = 4096  # characters of a message after its entities are read (sendMessage)
PIECE = re.compile(r"<[^>]*>|&[^;\s]{1,10};|.", re.DOTALL)


def in_parts(text: str) -> list[str]:
    """Divided between lines, and inside one only where it is too long by itself."""
    found, part = [], ""
    for line in chain.from_iterable(map(_pieces, text.split("\n"))):
        if part and len(part) + 1 + len(line) > LONGEST:
            found.append(part)
            part = line
        else:
            part = f"{part}\n{line}" if part else line
    return [*found, part]


def _pieces(line: str) -> list[str]:
    """Of a line of HTML, cut outside of tags and entities; what was bold stays so."""
    if len(line) <= LONGEST:
        return [line]
    found, piece, opened = [], "", list[str]()
    for token in PIECE.findall(line):
        is_end = token.startswith("</")
        if not is_end and len(piece) + len(token) + len(_closing(opened)) > LONGEST:
            found.append(piece + _closing(opened))
            piece = "".join(opened)
        piece += token
        if is_end:
            opened.pop()
        elif token.startswith("<"):
            opened.append(token)
    return [*found, piece]


def _closing(opened: list[str]) -> str:
    return "".join(f"</{re.split(r'[ >]', tag[1:])[0]}>" for tag in reversed(opened))
