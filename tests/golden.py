"""Golden files: what a message looks like, kept beside the tests and read as people would."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

from telegram import InlineKeyboardMarkup

FOLDER = Path(__file__).parent / "golden"
PHONE = 40  # characters in a line of a bubble


def check(name: str, text: str) -> None:
    """As tests/golden/NAME.txt says; with TUNTAS_GOLDEN=record that file is written anew."""
    file = FOLDER / f"{name}.txt"
    if os.environ.get("TUNTAS_GOLDEN") == "record":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n", encoding="utf-8")
    kept = file.read_text(encoding="utf-8") if file.exists() else ""

    assert text + "\n" == kept, f"{file} says otherwise: TUNTAS_GOLDEN=record writes it anew"


def on_phone(text: str) -> list[str]:
    """The lines of a text as a phone shows them."""
    return [part for line in text.split("\n") for part in textwrap.wrap(line, PHONE) or [""]]


def with_buttons(text: str, keyboard: InlineKeyboardMarkup | None) -> str:
    """A text with its buttons below, a row in each line."""
    rows = keyboard.inline_keyboard if keyboard else ()
    return "\n".join([text, *(" ".join(f"[{b.text}]" for b in row) for row in rows)])
