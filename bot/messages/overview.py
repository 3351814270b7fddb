"""What is said about all OPD together."""

from __future__ import annotations

from collections.abc import Sequence

from bot import words
from db.chats import OpdFacts
from db.reports.city import CityPage
from db.reports.recap import Readiness, Recap
from db.reports.responses import Responses


def recap(recap: Recap, city: Readiness | None, answered: Sequence[Responses]) -> str:
    """The table behind the digest. Below the first page the `city` by aspects, and how fast its
    OPD have `answered` instructions, the slowest first."""
    return words.render("recap", recap=recap, city=city, answered=answered)


def readiness_of(found: Readiness, opd: OpdFacts, answered: Responses | None) -> str:
    """How ready one OPD is, by aspects, what would gain it most next, and how fast it has
    `answered` instructions."""
    return words.render("readiness_of", found=found, opd=opd, answered=answered)


def city(page: CityPage) -> str:
    return words.render("city", page=page)
