"""From the centre to the OPD, and what it looks at."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons.button import Button


@dataclass(frozen=True)
class CityPage(Button):
    """One page of the city's OPD."""

    WORD = "city"
    page: int


@dataclass(frozen=True)
class RecapPage(Button):
    """One page of the table behind the digest."""

    WORD = "recap"
    page: int


@dataclass(frozen=True)
class NudgeLate(Button):
    """Remind the OPD that have items past their deadline."""

    WORD = "nudge"


@dataclass(frozen=True)
class AsItem(Button):
    """Whether (1) or not (0) an instruction that is not sent yet creates an item as well."""

    WORD = "asitem"
    draft: int
    wanted: int


@dataclass(frozen=True)
class Acknowledge(Button):
    """“This OPD has received the instruction.” `listed`: 1 where it stands under a reminder, which
    stays as it is."""

    WORD = "got"
    opd: str
    instruction: int
    listed: int


@dataclass(frozen=True)
class InstructionFile(Button):
    """The file that goes along with an instruction to this OPD."""

    WORD = "ifile"
    opd: str
    instruction: int


@dataclass(frozen=True)
class Acknowledged(Button):
    """Who has acknowledged an instruction by now."""

    WORD = "gotby"
    instruction: int
