"""Names of months and days: Babel's for Indonesian, and the spellings that people use."""

from __future__ import annotations

from functools import cache

from babel.dates import get_day_names, get_month_names

MONTHS = {
    "pebruari": 2, "peb": 2, "febr": 2, "apri": 4, "agt": 8, "agust": 8, "ags": 8, "agu": 8,
    "sept": 9, "nopember": 11, "nop": 11, "des": 12,
}  # fmt: skip
DAYS = {"ahad": 6, "jum'at": 4}


def number(name: str) -> int | None:
    """1 to 12, or None for a word that is no month."""
    return _months().get(name.lower())


def weekday(name: str) -> int | None:
    """0 for Monday to 6 for Sunday, or None."""
    return _days().get(name.lower().replace("’", "'").replace("`", "'"))


@cache
def _months() -> dict[str, int]:
    known = dict(MONTHS)
    for width in ("wide", "abbreviated"):
        names = get_month_names(width, locale="id").items()
        known |= {name.lower().rstrip("."): n for n, name in names}
    return known


@cache
def _days() -> dict[str, int]:
    return {name.lower(): n for n, name in get_day_names("wide", locale="id").items()} | DAYS
