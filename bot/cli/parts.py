"""What `check` looks at, in the order in which it is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.checks import account, backups, city, database, evidence, groups, machine
from bot.checks.finding import Finding, problem
from bot.cli import door
from bot.cli.failures import sentence
from config.settings import Settings
from db import chats
from db.reports import evidence as proofs
from db.reports import health, instructions

Clock = Callable[[], datetime]
Part = Callable[[Settings, Clock], Awaitable[list[Finding]]]


async def of_telegram(settings: Settings, clock: Clock) -> list[Finding]:
    return await account.account(settings, clock)


async def of_groups(settings: Settings, _: Clock) -> list[Finding]:
    """They are known where there is a database, and seen with a token."""
    if settings.bot_token is None or not await database.is_usable(settings.database_url):
        return []
    async with door.existing(settings) as opened, opened.reading() as session:
        every = await chats.every_opd(session)
    return await groups.groups(settings, every)


async def of_database(settings: Settings, _: Clock) -> list[Finding]:
    return await database.database(settings.database_url)


async def of_city(settings: Settings, clock: Clock) -> list[Finding]:
    now, calendar = clock(), settings.calendar()
    if not await database.is_usable(settings.database_url):
        return list(city.of_calendar(calendar, now))
    async with door.existing(settings) as opened, opened.reading() as session:
        return [*await city.city(session, calendar, now), *await city.alive(session, now)]


async def of_machine(settings: Settings, clock: Clock) -> list[Finding]:
    now, began, shelved = clock().astimezone(settings.timezone), None, []
    if await database.is_usable(settings.database_url):
        async with door.existing(settings) as opened, opened.reading() as session:
            began = await health.first_entry(session)
            shelved = await proofs.shelved(session) + await instructions.shelved(session)
    return [
        *machine.machine(settings, began, now),
        *backups.backups(settings, now),
        *backups.replaced(settings, now),
        *evidence.evidence(settings.evidence_dir, shelved),
    ]


PARTS: dict[str, Part] = {
    "Telegram": of_telegram,
    "Groups": of_groups,
    "Database": of_database,
    "City": of_city,
    "Machine": of_machine,
}


async def tried(part: Part, settings: Settings, clock: Clock) -> list[Finding]:
    """What keeps us from looking is a finding, too."""
    try:
        return await part(settings, clock)
    except Exception as wrong:
        return [problem("unseen", why=sentence(wrong, settings))]
