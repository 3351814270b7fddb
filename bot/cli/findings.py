"""What `check` looks at. Each part returns all it found; a failure to look is told by check."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.cli import door
from bot.cli.whoami import stranger
from config.settings import Settings
from db import chats, people, upgrade
from db.chats import OpdFacts
from db.engine import Session
from db.migrations import HEAD
from db.models import Role

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


def fine(text: str) -> Finding:
    return Finding(Kind.FINE, text)


def hint(text: str) -> Finding:
    return Finding(Kind.HINT, text)


def problem(text: str) -> Finding:
    return Finding(Kind.PROBLEM, text)


async def telegram(settings: Settings) -> list[Finding]:
    if settings.bot_token is None:
        return [problem("BOT_TOKEN is missing: put the one @BotFather gives you in .env")]
    async with stranger(settings) as bot:
        found = [fine(f"Telegram accepts the token of @{bot.username}")]
        webhook = await bot.get_webhook_info()
        if webhook.url:
            found.append(problem("a webhook is set, nothing can be fetched: call deleteWebhook"))
        if not bot.can_join_groups:
            found.append(hint("the bot may not join groups: @BotFather, /setjoingroups, Enable"))
        if bot.can_read_all_group_messages:
            found.append(hint("privacy mode is off, all talk arrives: @BotFather, /setprivacy"))
        return found


async def database(settings: Settings) -> list[Finding]:
    if not door.is_made(settings):
        return [hint("there is no database yet: the first import makes it")]
    async with door.existing(settings) as opened:
        revision = await upgrade.revision(opened)
        if revision != HEAD:
            return [_of_revision(revision)]
        async with opened.reading() as session:
            told = f"the database is at revision {revision}{_sqlite(settings)}"
            return [fine(told), *await _posts(session)]


async def calendar(settings: Settings) -> list[Finding]:
    now = datetime.now(UTC).astimezone(settings.timezone)
    return [
        fine(f"the free days of {year} are known")
        if settings.calendar().is_official(year)
        else hint(f"the free days of {year} are estimates: HOLIDAYS_FILE can fix them")
        for year in sorted({now.year, (now + SOON).year})
    ]


def _sqlite(settings: Settings) -> str:
    is_file = door.file_of(settings) is not None
    return f", SQLite {sqlite3.sqlite_version}" if is_file else ""


def _of_revision(revision: str | None) -> Finding:
    if revision is not None and revision > HEAD:
        return problem(f"the database is of a newer Tuntas, revision {revision}: update Tuntas")
    return hint("the database is behind: the next start or import brings it up to date")


async def _posts(session: Session) -> list[Finding]:
    every = await chats.every_opd(session)
    bare = [o for o in every if not await people.holders(session, [Role.SECRETARY], o.id)]
    lost = [o for o in every if not o.is_reachable]
    found = []
    if not every:
        found.append(hint("there are no OPD yet: import opd FILE"))
    if not await people.holders(session, [Role.COORDINATOR], None):
        found.append(hint("nobody is coordinator: invite coordinator"))
    if bare:
        found.append(hint(f"{_few(bare, every)} without a secretary: invite all FILE.xlsx"))
    if lost:
        found.append(hint(f"{_few(lost, every)} without a group that can be reached"))
    return found


def _few(some: Sequence[OpdFacts], every: Sequence[OpdFacts]) -> str:
    more = f" and {len(some) - 5} more" if len(some) > 5 else ""
    codes = ", ".join(opd.code for opd in some[:5])
    return f"{len(some)} of {len(every)} OPD ({codes}{more})"


PARTS = (telegram, database, calendar)
