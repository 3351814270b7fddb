"""What was half said: answered, saved, or not."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons.button import Button


@dataclass(frozen=True)
class Choose(Button):
    """Which way, counted from 0, a question that a draft keeps was meant."""

    WORD = "which"
    draft: int
    way: int


@dataclass(frozen=True)
class Save(Button):
    WORD = "save"
    draft: int


@dataclass(frozen=True)
class Discard(Button):
    WORD = "drop"
    draft: int


@dataclass(frozen=True)
class Undo(Button):
    """A saved bundle is taken back."""

    WORD = "undo"
    bundle: int
