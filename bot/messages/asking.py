"""What is asked for by a reply."""

from __future__ import annotations

from bot import words
from bot.context import Speaker


def asked(command: str, about: str, speaker: Speaker, draft: int, why: str = "") -> str:
    """`command`: the one that the reply completes; `about`: what it is about. `why`: what was
    wrong with a reply that it had, a message already."""
    facts = {"command": command, "about": about, "speaker": speaker, "draft": draft}
    return words.render("asked", **facts, why=why)
