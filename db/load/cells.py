"""What a cell may hold. Wrong says why it may not, in words that follow the row."""

from __future__ import annotations

import re

from db.load.shown import plain
from db.load.tables import Row

CODE = re.compile(r"[A-Z0-9_-]{2,20}")
NUMBER = re.compile(r"[0-9]{1,6}")
PERCENT = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,2}0*)?")
KIND = re.compile(r"\w[\w .-]{0,49}")
BUNDLE = re.compile(r"T[0-9]+")  # as people call what one command added together
RESERVED = "SEMUA"  # in the chat it means every OPD
LONGEST_TITLE, LONGEST_TEXT = 1_000, 2_000
HIGHEST = 9_999


class Wrong(ValueError):
    """The row cannot be taken."""


def code(text: str, of: str = "code") -> str:
    found = text.upper()
    if not text:
        raise Wrong(f"the {of} is missing")
    if not CODE.fullmatch(found):
        raise Wrong(f"the {of} must be 2 to 20 of A-Z 0-9 _ -, not {plain(text, 30)}")
    if found == RESERVED:
        raise Wrong(f"the {of} must not be {RESERVED}: in the chat it means every OPD")
    return found


def title(row: Row, column: str, *, most: int = LONGEST_TITLE) -> str:
    if not (found := text(row, column, most=most)):
        raise Wrong(f"the {column} is missing")
    return found


def text(row: Row, column: str, *, most: int = LONGEST_TITLE) -> str:
    """On one line: line breaks and runs of blanks become one blank."""
    found = " ".join(row[column].split())
    if len(found) > most:
        raise Wrong(f"the {column} has {len(found)} characters, more than {most}")
    if any(ord(c) < 32 or 127 <= ord(c) < 160 for c in found):
        raise Wrong(f"the {column} holds characters that cannot be shown")
    return found


def kind(row: Row) -> str:
    if not (found := row["kind"].lower()):
        raise Wrong("the kind is missing, such as dinas or kecamatan")
    if not KIND.fullmatch(found):
        raise Wrong(f"the kind must be a word such as dinas, not {plain(found, 30)}")
    return found


def number(row: Row) -> int:
    found = row["number"]
    if not found:
        raise Wrong("the number is missing")
    if not NUMBER.fullmatch(found) or not 1 <= int(found) <= HIGHEST:
        raise Wrong(f"the number must be from 1 to {HIGHEST}, not {plain(found, 30)}")
    return int(found)


def percent(row: Row, column: str) -> int:
    """Hundredths of a per cent: `7,5` and `7.5 %` are 750. Nothing is 0."""
    found = row[column].removesuffix("%").rstrip()
    if not found:
        return 0
    if not PERCENT.fullmatch(found):
        raise Wrong(f"the {column} must be a percentage such as 7,5, not {plain(found, 30)}")
    whole, _, part = found.replace(",", ".").partition(".")
    hundredths = int(whole) * 100 + int(part[:2].ljust(2, "0"))
    if hundredths > 10_000:
        raise Wrong(f"the {column} is more than 100 per cent")
    return hundredths
