"""What every verb goes through: settings, the database, and one sentence when it fails."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn, TypeVar

from config import settings as config
from config.settings import Settings

if TYPE_CHECKING:
    from db.act import Act
    from db.engine import Database

T = TypeVar("T")


def settings(*, need_token: bool = False) -> Settings:
    return config.read(need_token=need_token)


def run(verb: Coroutine[object, object, T], settings: Settings) -> T:
    """Failures become one sentence and exit code 1; LOG_LEVEL=DEBUG shows where they arose."""
    try:
        return asyncio.run(verb)
    except Exception as wrong:
        if settings.log_level == "DEBUG":
            traceback.print_exc()
        raise SystemExit(_sentence(wrong)) from None


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[Database]:
    """Created or brought up to date first. The bot may be writing to it at the same time."""
    from db import upgrade  # noqa: PLC0415  half a second, which --help need not wait

    opened = await upgrade.to_head(settings.database_url, settings.backup_dir)
    try:
        await opened.leave_checkpoints()
        yield opened
    finally:
        await opened.close()


def act(what: str) -> Act:
    """Each run is an act of its own."""
    from db.act import Act  # noqa: PLC0415

    now = datetime.now(UTC)
    return Act(now, f"cli:{what} {now:%Y-%m-%dT%H:%M:%S.%fZ}")


def fail(why: str) -> NoReturn:
    raise SystemExit(why)


def say(text: str) -> None:
    print(text, flush=True)


def hint(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _sentence(wrong: Exception) -> str:
    from db.engine import Unavailable  # noqa: PLC0415
    from db.upgrade import TooNew  # noqa: PLC0415

    match wrong:
        case TooNew():
            return f"{wrong}: update Tuntas"
        case OSError():
            return f"{wrong.filename or 'a file'}: {wrong.strerror or wrong}"
        case _ if isinstance(wrong, Unavailable):
            return f"the database cannot be used: {_cause(wrong)}"
        case _:
            return f"this should not have happened ({type(wrong).__name__}): {_cause(wrong)}"


def _cause(wrong: Exception) -> str:
    """The driver's own words on one line, without the statement and its values."""
    said = str(getattr(wrong, "orig", None) or wrong)
    return " ".join(said.split())[:300]
