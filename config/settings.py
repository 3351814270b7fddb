"""Everything the outside world decides, read once when the process starts."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    BeforeValidator,
    NonNegativeInt,
    PositiveInt,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from config import holidays_file
from config.calendar import Calendar

TOKEN = re.compile(r"[0-9]{1,16}:[A-Za-z0-9_-]{6,}")
ENGINES = ("sqlite+aiosqlite:///", "postgresql://", "postgresql+psycopg://")


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


def _ascending(days: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(days)))


Before = Annotated[tuple[NonNegativeInt, ...], NoDecode, BeforeValidator(_split)]
After = Annotated[tuple[PositiveInt, ...], NoDecode, BeforeValidator(_split)]


class Settings(BaseSettings):
    """One field per setting; its name in capitals is the setting's. Empty means not set."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8-sig",  # Windows' Notepad
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: SecretStr | None = None
    database_url: str = "sqlite+aiosqlite:///data/tuntas.db"
    telegram_api_url: str = "https://api.telegram.org"
    city: str = "Kota Kendari"
    timezone: ZoneInfo = ZoneInfo("Asia/Makassar")
    remind_at: time = time(8)
    digest_at: time = time(16)
    quiet_from: time = time(17, 30)
    remind_before: Before = (14, 7, 3, 1, 0)
    remind_after: After = (1, 3, 5, 10)
    escalate_head_after: PositiveInt = 3
    escalate_sekda_after: PositiveInt = 5
    holidays_file: Path | None = None
    evidence_dir: Path = Path("data/evidence")
    backup_dir: Path = Path("data/backups")
    heartbeat_url: str | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("bot_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("is not a token: paste the one that @BotFather gave you")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_an_engine_we_know(cls, value: str) -> str:
        if not value.startswith(ENGINES):
            raise ValueError(f"must begin with one of {', '.join(ENGINES)}")
        return value

    @field_validator("telegram_api_url", "heartbeat_url")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if value and not re.fullmatch(r"https?://[^\s/]+\S*", value):
            raise ValueError("must be an http or https address")
        return value and value.rstrip("/")

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("holidays_file")
    @classmethod
    def _can_be_read(cls, value: Path | None) -> Path | None:
        if value:
            holidays_file.read(value)
        return value

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.remind_at <= self.digest_at < self.quiet_from:
            raise ValueError("REMIND_AT, DIGEST_AT and QUIET_FROM must follow each other")
        if not self.escalate_head_after < self.escalate_sekda_after:
            raise ValueError("ESCALATE_HEAD_AFTER must be less than ESCALATE_SEKDA_AFTER")
        return self

    @property
    def token(self) -> str:
        assert self.bot_token, "read(need_token=True) made sure of it"
        return self.bot_token.get_secret_value()

    def calendar(self) -> Calendar:
        """Working days, window and stages. Build it once: it remembers what it computed."""
        amendments = holidays_file.read(self.holidays_file) if self.holidays_file else {}
        return Calendar(
            zone=self.timezone,
            opens=self.remind_at,
            closes=self.quiet_from,
            before=_ascending(self.remind_before),
            after=_ascending(self.remind_after),
            amendments=amendments,
        )


def read(*, need_token: bool = False, **given: Any) -> Settings:
    """The settings, or SystemExit with one sentence that names what is wrong."""
    try:
        settings = Settings(**given)
    except ValidationError as wrong:
        raise SystemExit("; ".join(_sentence(e["loc"], e["msg"]) for e in wrong.errors())) from None
    if need_token and settings.bot_token is None:
        raise SystemExit("BOT_TOKEN is not set: put the token that @BotFather gave you into .env")
    return settings


def _sentence(where: tuple[int | str, ...], what: str) -> str:
    named = [str(name).upper() for name in where[:1]]  # a rule about several names them itself
    if what == "Extra inputs are not permitted":
        what = "is no setting of Tuntas: see .env.example"
    return " ".join([*named, what.removeprefix("Value error, ")])
