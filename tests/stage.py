"""How a town comes to be: as an empty place, or as the twin of one that was settled before."""

from __future__ import annotations

import copy
import shutil
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot import app as application
from bot.context import Desk
from bot.pace import Pace
from db import engine
from demo.telegram import Bot, Telegram
from demo.telegram.users import ANONYMOUS
from tests.town import Clock, Town, connect, settings_for

T = TypeVar("T", bound=Town)


async def opened(kind: type[T], file: Path, now: datetime) -> T:
    """The application on this database, in a Telegram where nobody is yet."""
    telegram = Telegram(clock := Clock(now))
    return await _running(kind, file, telegram, telegram.bot("tuntas_bot", "Tuntas"), clock)


async def twin(settled: Town, file: Path) -> Town:
    """A copy of a town that was closed, with a process, a database and a Telegram of its own."""
    shutil.copy(engine.file_of(settled.desk.settings.database_url), file)
    world = (settled.telegram, settled.bot, settled.clock, settled.groups, settled.people)
    anonymous = {id(ANONYMOUS): ANONYMOUS}  # he is the same everywhere
    telegram, bot, clock, groups, people = copy.deepcopy(world, anonymous)
    town = await _running(Town, file, telegram, bot, clock)
    town.offset, town.groups, town.people = settled.offset, groups, people
    return town


async def closed(town: Town) -> None:
    await town.app.shutdown()
    await town.desk.database.close()


async def _running(kind: type[T], file: Path, telegram: Telegram, bot: Bot, clock: Clock) -> T:
    settings = settings_for(bot.token, f"sqlite+aiosqlite:///{file}")
    desk = Desk(settings, connect(settings.database_url), settings.calendar(), clock, Pace(0))
    app = application.build(desk, telegram.door(bot.token))
    await app.initialize()
    return kind(desk, telegram, bot, clock, app)
