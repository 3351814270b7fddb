"""Where the city stands, for whoever must act on it: short enough to be read standing."""

from __future__ import annotations

import textwrap

from bot import words
from bot.context import Desk
from db.reports.digest import Digest

WIDTH, MOST, LONGEST = 40, 24, 900  # characters in a line of a phone; lines; characters
NAMED = 3  # of what went up, and of the busiest; on the worst of days one


def digest(desk: Desk, digest: Digest) -> str:
    zone = desk.settings.timezone
    away = [(o.began_at.astimezone(zone), o.ended_at.astimezone(zone)) for o in digest.outages]
    changes = _changes(digest)
    text = words.render("digest", digest=digest, changes=changes, away=away, named=NAMED)
    if _fits(text):
        return text
    if _fits(text := text.replace("\n\n", "\n")):
        return text
    fewer = words.render("digest", digest=digest, changes=changes, away=away, named=1)
    return fewer.replace("\n\n", "\n")


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
