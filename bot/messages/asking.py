"""What is asked for by a reply."""

from __future__ import annotations

from dataclasses import dataclass

from bot import words
from bot.context import Speaker


@dataclass(frozen=True, slots=True)
class About:
    """What is asked about: an item, or (`obstacle`: 7 of K7) what keeps the OPD from it; of the
    OPD alone, where an item is asked for, too."""

    opd: str = ""
    number: int = 0
    title: str = ""
    obstacle: int = 0

    @property
    def text(self) -> str:
        """As a command begins."""
        if self.obstacle:
            return f"K{self.obstacle}:"
        return f"{self.number}:" if self.number else ""


def asked(command: str, about: About, speaker: Speaker, draft: int, why: str = "") -> str:
    """`command`: the one that the reply completes. `why`: what was wrong with a reply that it had,
    a message already."""
    facts = {"command": command, "about": about, "speaker": speaker, "draft": draft}
    return words.render("asked", **facts, why=why)
