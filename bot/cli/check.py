"""check: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sized
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.cli import door

if TYPE_CHECKING:
    from telegram import Bot

    from config.settings import Settings
    from db.engine import Session

SOON = timedelta(days=60)  # as far ahead as reminders reach


class Kind(StrEnum):
    FINE = "fine"
    HINT = "hint"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem keeps the bot from working; a hint does not."""

    kind: Kind
    text: str


def check() -> None:
    """What is wrong with this installation.

    And how to mend it. Exit code 1 if something cannot work; hints do not count.

    Example: python -m bot check
    """
    settings = door.settings()
    found = door.run(_said(settings), settings)
    if any(finding.kind is Kind.PROBLEM for finding in found):
        raise SystemExit(1)


async def _said(settings: Settings) -> list[Finding]:
    """Each is said as soon as it is found."""
    found = []
    async for finding in findings(settings):
        door.say(f"{finding.kind.value:<7}  {finding.text}")
        found.append(finding)
    return found


async def findings(settings: Settings) -> AsyncIterator[Finding]:
    yield Finding(Kind.FINE, f"settings of {settings.city}, time zone {settings.timezone.key}")
    for part in (_telegram, _database, _calendar):
        async for finding in part(settings):
            yield finding


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    from bot.cli.failures import sentence  # noqa: PLC0415
    from bot.cli.whoami import stranger  # noqa: PLC0415

    if settings.bot_token is None:
        yield _problem("BOT_TOKEN is missing: put the one @BotFather gives you in .env")
        return
    try:
        async with stranger(settings) as bot:
            async for finding in _of_bot(bot):
                yield finding
    except Exception as wrong:
        yield _problem(sentence(wrong, settings))


async def _of_bot(bot: Bot) -> AsyncIterator[Finding]:
    yield Finding(Kind.FINE, f"Telegram accepts the token of @{bot.username}")
    webhook = await bot.get_webhook_info()
    if webhook.url:
        yield _problem("a webhook is set, so nothing can be fetched: call deleteWebhook once")
    if not bot.can_join_groups:
        yield _hint("the bot may not join groups: @BotFather, /setjoingroups, Enable")
    if bot.can_read_all_group_messages:
        yield _hint("privacy mode is off, all talk in groups arrives: @BotFather, /setprivacy")


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    from bot.cli.failures import sentence  # noqa: PLC0415
    from db import upgrade  # noqa: PLC0415
    from db.migrations import HEAD  # noqa: PLC0415

    if not door.is_made(settings):
        yield _hint("there is no database yet: the first import makes it")
        return
    try:
        async with door.existing(settings) as database:
            revision = await upgrade.revision(database)
            if revision != HEAD:
                yield _of_revision(revision, HEAD)
                return
            yield Finding(Kind.FINE, f"the database is there, at revision {revision}")
            async with database.reading() as session:
                async for finding in _people(session):
                    yield finding
    except Exception as wrong:
        yield _problem(sentence(wrong, settings))


def _of_revision(revision: str | None, head: str) -> Finding:
    if revision is not None and revision > head:
        return _problem(f"the database is of a newer Tuntas, revision {revision}: update Tuntas")
    return _hint("the database is behind: the next start or import brings it up to date")


async def _people(session: Session) -> AsyncIterator[Finding]:
    from db import chats, people  # noqa: PLC0415
    from db.models import Role  # noqa: PLC0415

    every = await chats.every_opd(session)
    if not every:
        yield _hint("there are no OPD yet: import opd FILE")
    if not await people.holders(session, [Role.COORDINATOR], None):
        yield _hint("nobody is coordinator: invite coordinator")
    if missing := [o.code for o in every if not o.is_reachable]:
        yield _hint(
            f"{_count(missing, every)} without a group that can be reached: {_few(missing)}"
        )
    bare = [
        opd.code for opd in every if not await people.holders(session, [Role.SECRETARY], opd.id)
    ]
    if bare:
        yield _hint(f"{_count(bare, every)} without a secretary, invite all: {_few(bare)}")


async def _calendar(settings: Settings) -> AsyncIterator[Finding]:
    now = datetime.now(UTC).astimezone(settings.timezone)
    for year in sorted({now.year, (now + SOON).year}):
        if settings.calendar().is_official(year):
            yield Finding(Kind.FINE, f"the free days of {year} are known")
        else:
            yield _hint(f"the free days of {year} are estimates: HOLIDAYS_FILE can fix them")


def _problem(text: str) -> Finding:
    return Finding(Kind.PROBLEM, text)


def _hint(text: str) -> Finding:
    return Finding(Kind.HINT, text)


def _count(some: Sized, every: Sized) -> str:
    return f"{len(some)} of {len(every)} OPD"


def _few(codes: list[str]) -> str:
    more = f" and {len(codes) - 10} more" if len(codes) > 10 else ""
    return ", ".join(codes[:10]) + more
