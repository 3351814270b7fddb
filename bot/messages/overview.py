"""What is said about all OPD together."""

from __future__ import annotations

from bot import words
from db.chats import OpdFacts
from db.reports.city import CityPage
from db.reports.recap import Readiness, Recap


def recap(recap: Recap, city: Readiness | None) -> str:
    """The table behind the digest. `city`: by aspects, below the first page."""
    return words.render("recap", recap=recap, city=city)


def readiness_of(found: Readiness, opd: OpdFacts) -> str:
    """How ready one OPD is, by aspects, and what would gain it most next."""
    return words.render("readiness_of", found=found, opd=opd)


def city(page: CityPage) -> str:
    return words.render("city", page=page)
