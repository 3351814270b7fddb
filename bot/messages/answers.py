"""What is said when something is refused, unclear, or went wrong."""

from __future__ import annotations

from collections.abc import Sequence

from bot import words
from bot.context import Desk, Said
from db.chats import OpdFacts
from db.question import Question
from db.refusal import Refusal


def refusal(desk: Desk, refusal: Refusal, command: str = "done") -> str:
    """`command`: what was said, for the example of how to say it."""
    year = desk.now().year + 1
    kind = type(refusal).__name__
    zone = desk.settings.timezone
    return words.render(
        "refusal", kind=kind, refusal=refusal, command=command, year=year, zone=zone
    )


def question(question: Question, opd: OpdFacts | None, said: str) -> str:
    """`opd`, where it is clear which; `said`: what can be meant in several ways."""
    return words.render("question", question=question, opd=opd, said=said)


def trouble() -> str:
    return words.render("trouble")


def together(answers: Sequence[Said]) -> str:
    """Several of one chat waited while the bot was away. Their texts are messages already."""
    return words.render("together", answers=answers)
