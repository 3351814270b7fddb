"""Commands that are one of ours but for a letter, or that run into their numbers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.reading.members import members
from bot.reading.numbers import CLOSED, MARKS, Numbers, numbers
from bot.reading.text import B, compiled, stripped
from db.refusal import Refusal

SAID = compiled(rf"{B}/{B}(?P<word>[^\s@]++)(?>(?:@(?P<bot>[a-z0-9_]++))?)")
LETTERS = compiled(r"[a-z_]*[a-z]")
BARE = compiled(rf"{B}(?:done|selesai)(?![^\W\d_])")
DIGIT = compiled(r"[0-9]")
LONGEST = 40  # letters of a command that can still be one of ours


@dataclass(frozen=True, slots=True)
class Meant:
    """`is_plain`: it begins with one of ours and is understood; else it is one letter off, or has
    letters too many, and is only answered with `command`."""

    command: str
    rest: str
    is_plain: bool


def meant(text: str, known: Collection[str], bot_name: str) -> Meant | None:
    """What a command was meant to be: `/done3`, `/slesai 3`, `/Done@tuntas_bot 3`.

    `known`: names without the slash, in small letters. `bot_name`: our username, no @. None for
    what is not ours, and for what names another bot.
    """
    said = SAID.match(text)
    if not said or (said["bot"] or bot_name).lower() != bot_name.lower():
        return None
    word, after = said["word"], stripped(text[said.end() :])
    letters = LETTERS.match(word)
    begun = letters[0] if letters else ""
    if begun.lower() in known:
        return Meant(begun.lower(), _behind(word[len(begun) :], after), is_plain=True)
    return _suggested(word, begun, after, known)


def bare(text: str) -> str | None:
    """In private, `3, 7` alone or `done 3` means /done: what follows the command, or None."""
    if match := BARE.match(text):
        after = _behind(text[match.end() :], "")
        return after if DIGIT.search(after) else None
    return stripped(text) if _is_numbers_alone(text) else None


def _suggested(word: str, begun: str, after: str, known: Collection[str]) -> Meant | None:
    """The letters, or all that was written, one off; or one of ours with letters behind it."""
    for said in (begun, word):
        if near := _near(said.lower(), known):
            return Meant(near, _behind(word[len(said) :], after), is_plain=False)
    apart = "_".join(f"{word} {after}".split(maxsplit=2)[:2]).lower()
    if "_" in apart and apart in known:  # `/tidak relevan DINKES 3`
        return Meant(apart, stripped(after[len(apart) - len(word) - 1 :]), is_plain=False)
    begins = [name for name in known if begun.lower().startswith(name)]
    if not begins:
        return None
    return Meant(max(begins, key=len), _behind(word[len(begun) :], after), is_plain=False)


def _near(word: str, known: Collection[str]) -> str | None:
    """The longest first: it is the likelier to be meant."""
    near = [name for name in known if len(word) <= LONGEST and is_one_off(word, name)]
    return min(near, key=lambda name: (-len(name), name), default=None)


def is_one_off(word: str, name: str) -> bool:
    """One letter more, less or other, or two neighbours swapped."""
    if word == name or abs(len(word) - len(name)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), len(name))
    mine, theirs = word[at:], name[at:]
    swapped = mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:]
    return swapped or mine[1:] == theirs[1:] or mine == theirs[1:] or mine[1:] == theirs


def _behind(glued: str, after: str) -> str:
    """`3,7` of `/done3,7`, and what came after it; not the mark between, as in `/done_3`."""
    marks = MARKS.match(glued.lstrip("_"))
    return stripped(f"{glued.lstrip('_')[marks.end() if marks else 0 :]} {after}")


def _is_numbers_alone(text: str) -> bool:
    """Also where /done will refuse them (`9-3`), which then is said."""
    found = list(members(text))
    try:
        said = numbers(text)
    except Refusal:
        return bool(found and CLOSED.match(text, found[-1].end))
    return isinstance(said, Numbers) and not said.note
