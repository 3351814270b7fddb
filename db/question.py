"""Not a refusal but a question: the same command, said in one of these ways, will do."""

from __future__ import annotations


class Question(Exception):
    """`ways`: label of a button, and the text that then follows the command. `about`: opd,
    numbers, person, or obstacle. `opds`: the OPD of each way, by id, where the text does not name
    it: a code may look like an item. `item`: number and title of the one that is meant, where that
    is clear. The transaction is rolled back; the answer runs the command again."""

    def __init__(
        self,
        about: str,
        ways: tuple[tuple[str, str], ...],
        opds: tuple[int, ...] = (),
        item: tuple[int, str] | None = None,
    ) -> None:
        self.about, self.ways, self.opds, self.item = about, ways, opds, item
