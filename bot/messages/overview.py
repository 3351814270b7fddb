"""What is said about all OPD together."""

from __future__ import annotations

from bot import words
from db.reports.city import CityPage


def city(page: CityPage) -> str:
    return words.render("city", page=page)
