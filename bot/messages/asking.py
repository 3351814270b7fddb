"""What is asked for by a reply."""

from __future__ import annotations

from bot import words
from bot.context import Speaker


def asked(command: str, about: str, speaker: Speaker, draft: int) -> str:
    """`command`: the one that the reply completes; `about`: what it is about."""
    return words.render("asked", command=command, about=about, speaker=speaker, draft=draft)
