"""Where the city stands, for whoever must act on it: short enough to be read standing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from bot import words
from bot.context import Desk
from db.reports.digest import Digest

WIDTH, MOST, LONGEST = 40, 24, 900  # characters in a line of a phone; lines; characters
NAMED = 3  # of what went up, and of the busiest
SHORTER = ((3, 3), (3, 1), (2, 1), (1, 1))  # the same on worse and worse days, in fewer words


def digest(desk: Desk, digest: Digest) -> str:
    """The fullest that fits."""
    for text in _texts(desk, digest):
        if _fits(text):
            return text
    return text


def _texts(desk: Desk, digest: Digest) -> Iterator[str]:
    zone = desk.settings.timezone
    away = [(o.began_at.astimezone(zone), o.ended_at.astimezone(zone)) for o in digest.outages]
    facts: dict[str, object] = {"digest": digest, "changes": _changes(digest), "away": away}
    text = words.render("digest", **facts, named=NAMED, busiest=NAMED, tight=False)
    yield text
    yield text.replace("\n\n", "\n")
    for named, busiest in SHORTER:
        text = words.render("digest", **facts, named=named, busiest=busiest, tight=True)
        yield text.replace("\n\n", "\n")


def _fits(text: str) -> bool:
    return _height(text) <= MOST and len(words.bare(text)) <= LONGEST


def _height(text: str) -> int:
    """In lines of a phone."""
    return sum(len(textwrap.wrap(line, WIDTH)) or 1 for line in words.bare(text).split("\n"))


def _changes(digest: Digest) -> list[tuple[str, int]]:
    """What differs from the last digest, in the order of the first line."""
    if digest.before is None or digest.before.numbers is None:
        return []
    new, old = digest.numbers, digest.before.numbers
    changes = [
        ("dikonfirmasi", new.confirmed - old.confirmed),
        ("terverifikasi", new.verified - old.verified),
        ("lewat", new.late - old.late),
        ("butir", new.total - old.total),
    ]
    return [(name, by) for name, by in changes if by]
