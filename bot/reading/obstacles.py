"""`3 server mati`, `3 anggaran: belum cair`, `K7 sudah dianggarkan`: obstacles as people write."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reading.numbers import Ambiguous, Numbers, numbers, numbers_before_date
from bot.reading.refusals import BackwardRange, BadNumbers, TooManyNumbers
from bot.reading.text import B, compiled, rest
from db.refusal import Refusal

NUMBER = compiled(rf"{B}K?{B}([0-9]{{1,9}})(?![0-9A-Z])")
FIRST = compiled(rf"{B}([A-Z]+)(/[A-Z]+(?: LAIN)?)?{B}(:)?")


class OneItem(Refusal):
    """An obstacle, or a later deadline, is that of one item, which comes first."""

    def __init__(self, command: str) -> None:
        self.command = command


class NoWords(Refusal):
    """Nothing says what keeps the OPD from it."""


class NoObstacleNamed(Refusal):
    """It begins with no number of an obstacle."""

    def __init__(self, command: str) -> None:
        self.command = command


@dataclass(frozen=True, slots=True)
class Category:
    """What sort of obstacle: `code` is kept, `label` shown; `words` name it when they come
    first."""

    code: str
    label: str
    words: tuple[str, ...]


CATEGORIES = (
    Category("anggaran", "Anggaran", ("anggaran",)),
    Category("sdm", "SDM", ("sdm",)),
    Category("sarana", "Sarana/aplikasi", ("sarana", "aplikasi")),
    Category("data", "Dokumen/data", ("dokumen", "data")),
    Category("kewenangan", "Kewenangan/pihak lain", ("kewenangan", "pihak")),
)
LABELS = {category.code: category.label for category in CATEGORIES}


@dataclass(frozen=True, slots=True)
class Told:
    """`category`: its code, or empty where no category was named first."""

    number: int
    category: str
    words: str


def told(text: str) -> Told:
    """One item, and what keeps the OPD from it. Refuses with OneItem or NoWords."""
    said = _one_item(text)
    match = FIRST.match(said.note)
    category = _named(match[1]) if match else ""
    words = said.note
    if match and category and (match[2] or match[3]):
        words = rest(said.note, match.end())
    if not words or (match and category and match.end() == len(said.note)):
        raise NoWords
    return Told(said.numbers[0], category, words)


def before_date(text: str) -> tuple[int, str]:
    """One item, and the date and reason that follow it. Refuses with OneItem."""
    try:
        listed, after = numbers_before_date(text)
    except (BadNumbers, BackwardRange, TooManyNumbers):
        raise OneItem("perpanjang") from None
    if len(listed) > 1:
        raise OneItem("perpanjang")
    return listed[0], after


def numbered(text: str, command: str) -> tuple[int, str]:
    """`K7 sudah dianggarkan`, or `7: …`: the obstacle's number, and what follows it."""
    match = NUMBER.match(text)
    if not match:
        raise NoObstacleNamed(command)
    return int(match[1]), rest(text, match.end())


def _one_item(text: str) -> Numbers:
    """Where the words may begin with a number, they do: only one item can be meant."""
    try:
        said = numbers(text)
    except (BadNumbers, BackwardRange, TooManyNumbers):
        raise OneItem("kendala") from None
    said = said.first if isinstance(said, Ambiguous) else said
    if len(said.numbers) > 1:
        raise OneItem("kendala")
    return said


def _named(word: str) -> str:
    return next((c.code for c in CATEGORIES if word.lower() in c.words), "")
