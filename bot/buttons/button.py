"""What every button can do: pack its facts, unpack its callback data; and how buttons lie in rows.

A button is a frozen set of facts; its data is `word:fact:fact`, at most 64 bytes (Bot API,
InlineKeyboardButton). What Telegram hands back is untrusted: it must match to the letter.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any, ClassVar, Self

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

LONGEST = 24  # characters of a fact
FACT = {"int": r"([0-9]{1,12})", "str": rf"([A-Za-z0-9_-]{{1,{LONGEST}}})"}


class Button:
    """Subclasses are frozen dataclasses of `int` and `str` facts, with the WORD of their data."""

    WORD: ClassVar[str]

    @classmethod
    def pattern(cls) -> re.Pattern[str]:
        facts = "".join(":" + FACT[str(f.type)] for f in fields(cls))  # type: ignore[arg-type]
        return re.compile(rf"\A{cls.WORD}{facts}\Z", re.ASCII)

    def pack(self) -> str:
        facts = [str(getattr(self, f.name)) for f in fields(self)]  # type: ignore[arg-type]
        return ":".join([self.WORD, *facts])

    @classmethod
    def unpack(cls, data: str) -> Self:
        match = cls.pattern().match(data)
        assert match, "routes.py matches the pattern first"
        kinds = [str(f.type) for f in fields(cls)]  # type: ignore[arg-type]
        facts: list[Any] = [
            int(value) if kind == "int" else value
            for kind, value in zip(kinds, match.groups(), strict=True)
        ]
        return cls(*facts)

    def labelled(self, label: str) -> InlineKeyboardButton:
        return InlineKeyboardButton(label, callback_data=self.pack())


def rows(*lines: list[InlineKeyboardButton]) -> InlineKeyboardMarkup | None:
    """A keyboard of the lines that have buttons, or none."""
    filled = [line for line in lines if line]
    return InlineKeyboardMarkup(filled) if filled else None


def in_rows(buttons: list[InlineKeyboardButton], most: int = 5) -> list[list[InlineKeyboardButton]]:
    return [buttons[n : n + most] for n in range(0, len(buttons), most)]
