"""Not a refusal but a question: the same command, said in one of these ways, will do."""

from __future__ import annotations


class Question(Exception):
    """`ways`: label of a button, and the text that then follows the command. `about`: opd or
    numbers. The transaction is rolled back; the answer runs the command again."""

    def __init__(self, about: str, ways: tuple[tuple[str, str], ...]) -> None:
        self.about, self.ways = about, ways
