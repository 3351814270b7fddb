"""Not a refusal but a question: the same command, said in one of these ways, will do."""

from __future__ import annotations


class Question(Exception):
    """`ways`: label of a button, and the text that then follows the command. `about`: opd or
    numbers. `opds`: the OPD of each way, by id, where the text does not name it: a code may look
    like an item. The transaction is rolled back; the answer runs the command again."""

    def __init__(
        self, about: str, ways: tuple[tuple[str, str], ...], opds: tuple[int, ...] = ()
    ) -> None:
        self.about, self.ways, self.opds = about, ways, opds
