"""Everything the outside world decides, read once when the process starts."""

from __future__ import annotations

from datetime import time
from functools import cached_property
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from config import env_file, holidays_file, shapes
from config.calendar import Calendar


class Settings(BaseSettings):
    """One field per setting; its name in capitals is the setting's. Empty means not set. The
    description says what fits, for whoever wrote something else; `repr` hides what is secret."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding=env_file.ENCODING,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: shapes.Token | None = Field(
        None, description="the token that @BotFather gives you: digits, a colon, 35 characters"
    )
    database_url: shapes.DatabaseUrl = Field(
        "sqlite+aiosqlite:///data/tuntas.db",
        description="sqlite+aiosqlite:/// and a file's path, or a postgresql:// address",
        repr=False,
    )
    telegram_api_url: shapes.Server = Field(
        "https://api.telegram.org",
        description="the http or https address of a Bot API server, without /bot and token",
    )
    city: shapes.Name = Field("Kota Kendari", description="a name of at most 100 characters")
    timezone: ZoneInfo = Field(
        ZoneInfo("Asia/Makassar"), description="a time zone such as Asia/Makassar"
    )
    remind_at: shapes.TimeOfDay = Field(time(8), description="a time such as 08:00")
    digest_at: shapes.TimeOfDay = Field(time(16), description="a time such as 16:00")
    quiet_from: shapes.TimeOfDay = Field(time(17, 30), description="a time such as 17:30")
    remind_before: shapes.DaysBefore = Field(
        (14, 7, 3, 1, 0), description="days from 0 to 365 separated by commas, such as 7,3,1,0"
    )
    remind_after: shapes.DaysAfter = Field(
        (1, 3, 5, 10), description="days from 1 to 365 separated by commas, such as 1,3,5,10"
    )
    escalate_head_after: shapes.Days = Field(3, description="a number of days from 1 to 365")
    escalate_sekda_after: shapes.Days = Field(5, description="a number of days from 1 to 365")
    holidays_file: Path | None = Field(None, description="a file's path")
    evidence_dir: shapes.Folder = Field(Path("data/evidence"), description="a folder")
    backup_dir: shapes.Folder = Field(Path("data/backups"), description="a folder")
    heartbeat_url: shapes.Address | None = Field(
        None, description="an http or https address", repr=False
    )
    log_level: shapes.Level = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")
    log_format: shapes.Format = Field("text", description="text or json")

    @field_validator("*", mode="before")
    @classmethod
    def _trimmed(cls, value: object) -> object:
        return value.strip() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.remind_at > self.digest_at:
            raise ValueError("DIGEST_AT must not be earlier than REMIND_AT")
        if self.digest_at >= self.quiet_from:
            raise ValueError("QUIET_FROM must be later than DIGEST_AT")
        if self.escalate_head_after >= self.escalate_sekda_after:
            raise ValueError("ESCALATE_SEKDA_AFTER must be more than ESCALATE_HEAD_AFTER")
        self.calendar()  # HOLIDAYS_FILE is read while somebody is looking
        return self

    @property
    def token(self) -> str:
        """For whoever was started with `read(need_token=True)`."""
        if self.bot_token is None:
            raise RuntimeError("read(need_token=True) makes sure of a token")
        return self.bot_token.get_secret_value()

    def calendar(self) -> Calendar:
        """Working days, window and stages; always the same one, which remembers what it found."""
        return self._calendar

    @cached_property
    def _calendar(self) -> Calendar:
        return Calendar(
            zone=self.timezone,
            opens=self.remind_at,
            closes=self.quiet_from,
            before=self.remind_before,
            after=self.remind_after,
            amendments=holidays_file.read(self.holidays_file) if self.holidays_file else {},
        )


KNOWN = tuple(name.upper() for name in Settings.model_fields)


def read(*, need_token: bool = False, file: str | Path | None = ".env", **given: Any) -> Settings:
    """The settings: what is given beats the environment, which beats the file.

    SystemExit, hence exit code 1, with one sentence that names the setting and shows no value.
    """
    try:
        if file:
            env_file.check(Path(file), KNOWN)
        settings = Settings(_env_file=file, **given)
    except ValidationError as wrong:
        raise SystemExit("; ".join(dict.fromkeys(map(_sentence, wrong.errors())))) from None
    except ValueError as wrong:
        raise SystemExit(str(wrong)) from None
    if need_token and not settings.bot_token:
        raise SystemExit("BOT_TOKEN is missing: put the token that @BotFather gives you in .env")
    return settings


def _sentence(error: ErrorDetails) -> str:
    """A rule about several settings names them itself."""
    if not error["loc"]:
        return error["msg"].removeprefix("Value error, ")
    name = str(error["loc"][0])
    if error["type"] == "extra_forbidden":
        return env_file.unknown(name, KNOWN)
    return f"{name.upper()} must be {Settings.model_fields[name].description}"
