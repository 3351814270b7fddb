"""What `check` looks at, in the order in which it is told."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.checks import account, backups, city, database, groups, machine
from bot.checks.finding import Finding
from bot.cli import door
from config.settings import Settings
from db import chats
from db.reports import health


async def of_telegram(settings: Settings) -> list[Finding]:
    return await account.account(settings)


async def of_groups(settings: Settings) -> list[Finding]:
    """They are known where there is a database, and seen with a token."""
    if settings.bot_token is None or not await database.is_usable(settings.database_url):
        return []
    async with door.existing(settings) as opened, opened.reading() as session:
        every = await chats.every_opd(session)
    return await groups.groups(settings, every)


async def of_database(settings: Settings) -> list[Finding]:
    return await database.database(settings.database_url)


async def of_city(settings: Settings) -> list[Finding]:
    now, calendar = datetime.now(UTC), settings.calendar()
    if not await database.is_usable(settings.database_url):
        return list(city.of_calendar(calendar, now))
    async with door.existing(settings) as opened, opened.reading() as session:
        return [*await city.city(session, calendar, now), *await city.alive(session, now)]


async def of_machine(settings: Settings) -> list[Finding]:
    now, began = datetime.now(UTC).astimezone(settings.timezone), None
    if await database.is_usable(settings.database_url):
        async with door.existing(settings) as opened, opened.reading() as session:
            began = await health.first_entry(session)
    return [*machine.machine(settings, began, now), *backups.backups(settings, now)]


PARTS = {
    "Telegram": of_telegram,
    "Groups": of_groups,
    "Database": of_database,
    "City": of_city,
    "Machine": of_machine,
}
