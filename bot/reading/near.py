"""Commands that are one of ours but for a letter, or run into their numbers."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_COMMAND = re.compile(
    r"/([A-Za-z_]+)([0-9][^@]*)?(?:@[A-Za-z0-9_]{1,32})?(?=\s|$|[0-9#,])(.*)", re.S
)
_BARE = re.compile(r"\s*(?:(done|selesai)\b)?\s*([#0-9].*)", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Meant:
    """`is_plain`: it begins with one of ours; else it is one letter off, and we only suggest."""

    command: str
    rest: str
    is_plain: bool


def meant(text: str, known: Collection[str]) -> Meant | None:
    """What an unknown command was probably meant to be. `known`: names without the slash."""
    match = _COMMAND.match(text.strip())
    if not match:
        return None
    word = match[1].lower()
    rest = f"{match[2] or ''} {match[3].strip()}".strip()
    if word in known:
        return Meant(word, rest, is_plain=True)
    near = sorted(name for name in known if _one_off(word, name))
    return Meant(near[0], rest, is_plain=False) if near else None


def bare(text: str) -> str | None:
    """In private, `3, 7` or `done 3` means /done: what follows the command, or None."""
    match = _BARE.fullmatch(text)
    return match[2].strip() if match else None


def _one_off(word: str, name: str) -> bool:
    """One letter more, less or other, or two neighbours swapped."""
    if word == name or abs(len(word) - len(name)) > 1:
        return False
    if len(word) == len(name):
        differ = [i for i in range(len(word)) if word[i] != name[i]]
        swapped = len(differ) == 2 and differ[1] == differ[0] + 1
        return len(differ) == 1 or (
            swapped and word[differ[0]] == name[differ[1]] and word[differ[1]] == name[differ[0]]
        )
    short, long = sorted((word, name), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
