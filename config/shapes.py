"""The types of the settings: what a value may look like, and how people write it."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, StringConstraints
from pydantic_settings import NoDecode

TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
TOKEN = re.compile(r"[0-9]{1,16}:[A-Za-z0-9_-]{6,}")
DATABASE = re.compile(r"sqlite\+aiosqlite:///(?!:memory:)\S.*|postgresql(\+psycopg)?://\S+")


class Unfit(ValueError):
    """Says nothing itself: the field's description says what would fit."""


def _time(value: object) -> object:
    """Left alone, pydantic takes 8 for eight seconds past midnight."""
    if isinstance(value, str):
        if not (found := TIME.fullmatch(value)):
            raise Unfit
        return time(int(found[1]), int(found[2]))
    return value


def _token(value: SecretStr) -> SecretStr:
    if not TOKEN.fullmatch(value.get_secret_value()):
        raise Unfit
    return value


def _database(value: str) -> str:
    if not DATABASE.fullmatch(value):
        raise Unfit
    return value


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        fits = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        (parts.hostname or "").encode("idna").decode("idna")
    except ValueError:  # a port that is none, half an IPv6 address, a name that nobody can have
        raise Unfit from None
    if not fits or re.search(r"\s", value) or not value.isprintable():
        raise Unfit
    return value


def _server(value: str) -> str:
    """The address alone: with /bot and the token behind it, as people paste it, nothing works."""
    parts = urlsplit(_address(value))
    if parts.query or parts.fragment or re.search(r"/bot(\d|/|$)", parts.path):
        raise Unfit
    return value.rstrip("/")


def _days(value: object) -> object:
    """Any order, repeats once: `1, 3, 3` is what `3,1` is."""
    return value.split(",") if isinstance(value, str) else value


def _rising(days: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(days)))


def _falling(days: tuple[int, ...]) -> tuple[int, ...]:
    return _rising(days)[::-1]


def _folder(value: Path) -> Path:
    with suppress(PermissionError):  # `check` says whose it is
        if value.exists() and not value.is_dir():
            raise Unfit
    return value


def _capitals(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _small(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


Token = Annotated[SecretStr, AfterValidator(_token)]
DatabaseUrl = Annotated[str, AfterValidator(_database)]
Server = Annotated[str, AfterValidator(_server)]
Address = Annotated[str, AfterValidator(_address)]
Name = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\r\n]+$")]
TimeOfDay = Annotated[time, BeforeValidator(_time)]
Days = Annotated[int, Field(ge=1, le=365)]
DaysBefore = Annotated[
    tuple[Annotated[int, Field(ge=0, le=365)], ...],
    NoDecode,
    BeforeValidator(_days),
    AfterValidator(_falling),
]
DaysAfter = Annotated[tuple[Days, ...], NoDecode, BeforeValidator(_days), AfterValidator(_rising)]
Folder = Annotated[Path, AfterValidator(_folder)]
Level = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_capitals)]
Format = Annotated[Literal["text", "json"], BeforeValidator(_small)]
