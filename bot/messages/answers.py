"""What is said when something is refused, unclear, or went wrong."""

from __future__ import annotations

from bot import words
from db.refusal import Refusal


def refusal(refusal: Refusal) -> str:
    return words.render("refusal", kind=type(refusal).__name__, refusal=refusal)


def question(about: str) -> str:
    """`about`: opd, or numbers."""
    return words.render("question", about=about)


def trouble() -> str:
    return words.render("trouble")
