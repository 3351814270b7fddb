"""What is said to what is no command to the letter."""

from __future__ import annotations

from bot import words


def suggested(said: str) -> str:
    """`said`: the command that was probably meant, with what follows it."""
    return words.render("suggested", said=said)


def unknown_command() -> str:
    return words.render("unknown_command")


def remark(*, confirms: bool) -> str:
    """Plain words in private. `confirms`: whether numbers would mean something from this person."""
    return words.render("remark", confirms=confirms)


def file_not_kept() -> str:
    return words.render("file_not_kept")


def file_alone() -> str:
    """A file in private that is meant for no item that we know of."""
    return words.render("file_alone")
