"""What there is to see of a day, one moment after the other: frozen facts, for whoever draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Run = tuple[str, frozenset[str]]
"""Some words, and how they are set: the types of the Bot API's entities (bold, code …)."""


@dataclass(frozen=True, slots=True)
class Narration:
    """One line before a scene, in nobody's chat; without an hour it is of the whole day."""

    text: str
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A chat as its people see it. `whose` is empty in a group."""

    title: str
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message: its words in runs; `buttons` are rows of labels."""

    place: Place
    who: str
    is_bot: bool
    when: datetime
    runs: tuple[Run, ...]
    buttons: tuple[tuple[str, ...], ...] = ()
    file: str = ""
    is_edited: bool = False

    @property
    def text(self) -> str:
        return "".join(words for words, _ in self.runs)


@dataclass(frozen=True, slots=True)
class Event:
    """What Telegram itself writes in grey: somebody came, a title changed."""

    place: Place
    when: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button under somebody's thumb, or a link followed."""

    place: Place
    when: datetime
    who: str
    label: str


@dataclass(frozen=True, slots=True)
class PopUp:
    """What the person who pressed sees for a moment, and nobody else."""

    place: Place
    when: datetime
    who: str
    text: str


Moment = Narration | Bubble | Event | Press | PopUp
