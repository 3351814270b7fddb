"""The months and the days of the week as Indonesians spell them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from babel.dates import get_day_names, get_month_names

APOSTROPHES = "'’‘`´ʼ"
MONTH_VARIANTS = {
    2: ("Pebruari", "Peb", "Febuari"),
    3: ("Mrt",),
    5: ("May",),
    8: ("Agt", "Ags", "Agust", "Aug"),
    9: ("Sept",),
    10: ("Oct", "Okto"),
    11: ("Nopember", "Nop"),
    12: ("Dec",),
}
DAY_VARIANTS = {0: ("Senen",), 4: ("Jumaat",), 5: ("Saptu",), 6: ("Ahad",)}  # Monday is 0


def month(name: str) -> int:
    """1 to 12; KeyError for what MONTH does not match."""
    return _MONTHS[name.lower()]


def weekday(name: str) -> int:
    """0, Monday, to 6; KeyError for what WEEKDAY does not match."""
    return _WEEKDAYS[re.sub(f"[{APOSTROPHES}]", "", name.lower())]


def weekday_name(number: int) -> str:
    return str(get_day_names("wide", locale="id")[number])


def _months() -> dict[str, int]:
    widths = [get_month_names(width, locale="id") for width in ("wide", "abbreviated")]
    known = [(str(name), number) for names in widths for number, name in names.items()]
    known += [(name, number) for number, names in MONTH_VARIANTS.items() for name in names]
    return {name.lower(): number for name, number in known}


def _weekdays() -> dict[str, int]:
    widths = [get_day_names(width, locale="id") for width in ("wide", "abbreviated")]
    known = [(str(name), number) for names in widths for number, name in names.items()]
    known += [(name, number) for number, names in DAY_VARIANTS.items() for name in names]
    return {name.lower(): number for name, number in known}


def _one_of(names: Iterable[str]) -> str:
    """A pattern for any of them; the longest first, so that none hides another."""
    longest_first = sorted(names, key=len, reverse=True)
    apostrophe = f"jum[{APOSTROPHES}]?a"
    return "(?:" + "|".join(name.replace("juma", apostrophe) for name in longest_first) + ")"


_MONTHS = _months()
_WEEKDAYS = _weekdays()
MONTH = _one_of(_MONTHS)  # patterns, without a boundary after the name
WEEKDAY = _one_of(_WEEKDAYS)
