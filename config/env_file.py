"""`.env` as people edit it: a line that python-dotenv would step over stops the start instead."""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Collection
from pathlib import Path

from dotenv.parser import Binding, parse_stream

ENCODING = "utf-8-sig"  # Windows' Notepad writes a byte order mark
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def check(file: Path, known: Collection[str]) -> None:
    """ValueError names the first line that is no NAME=value, or the unknown name. Never what
    stands there: it may be half a token. A file that is not there says nothing wrong."""
    for binding in parse_stream(io.StringIO(_text(file))):
        if binding.error or (binding.key and not _is_assignment(binding)):
            raise ValueError(f"{file} line {_line(binding)} is not of the form NAME=value")
        if binding.key and binding.key.upper() not in known:
            raise ValueError(unknown(binding.key, known))


def unknown(name: str, known: Collection[str]) -> str:
    closest = difflib.get_close_matches(name.upper(), known, n=1)
    remedy = f"did you mean {closest[0]}?" if closest else "see .env.example"
    return f"{name.upper()} is not a setting of Tuntas: {remedy}"


def _text(file: Path) -> str:
    try:
        return file.read_text(ENCODING)
    except FileNotFoundError:
        return ""
    except OSError as wrong:
        raise ValueError(f"{file} cannot be read: {wrong.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{file} must be saved as UTF-8") from None


def _is_assignment(binding: Binding) -> bool:
    return binding.value is not None and NAME.fullmatch(binding.key or "") is not None


def _line(binding: Binding) -> int:
    """The parser counts the blank lines before a line as part of it."""
    text = binding.original.string
    return binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")
