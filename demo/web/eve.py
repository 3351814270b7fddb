"""The eve as the page has it: posts given, groups linked, one OPD missing. It is played once; each
beginning is its twin."""

from __future__ import annotations

import asyncio
import copy
import io
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl import load_workbook

from config.settings import Settings
from db import engine
from demo import cast as casting
from demo import city
from demo import eve as script
from demo.cast import Cast
from demo.city import City, Clock
from demo.moments import Moment
from demo.telegram import Bot, Member, Telegram
from demo.telegram.users import ANONYMOUS

MISSING = "RSUD"
"""The OPD whose secretary and group the visitor brings in."""
COORDINATED = ("DINKES", "DUKCAPIL", "RSUD")
"""The OPD in whose groups the coordinator sits, which gives no right there."""


@dataclass(frozen=True, slots=True)
class Eve:
    """Telegram and its people as they are then; `database`: the content of the bot's file."""

    telegram: Telegram
    bot: Bot
    clock: Clock
    cast: Cast
    database: bytes

    def twin(self) -> Eve:
        """A world of its own; he who is the same everywhere stays."""
        world = (self.telegram, self.bot, self.clock, self.cast)
        telegram, bot, clock, cast = copy.deepcopy(world, {id(ANONYMOUS): ANONYMOUS})
        return replace(self, telegram=telegram, bot=bot, clock=clock, cast=cast)

    def settings_in(self, folder: Path) -> Settings:
        """Of a bot whose database lies there."""
        settings = city.settings_in(folder, self.bot.token)
        engine.file_of(settings.database_url).write_bytes(self.database)
        return settings


async def play() -> Eve:
    async with city.opened(script.EVE, _nobody_watches) as kendari:
        cast = casting.gather(kendari.telegram)
        await _play(kendari, cast)
        await kendari.desk.database.close()  # then all of it is in the one file
        file = engine.file_of(kendari.desk.settings.database_url)
        return Eve(kendari.telegram, kendari.bot, kendari.clock, cast, file.read_bytes())


async def _nobody_watches(moment: Moment) -> None:
    await asyncio.sleep(0)


async def _play(kendari: City, cast: Cast) -> None:
    """Everybody but one comes, and links their group."""
    await script.set_up(kendari, cast)
    await script.invite(kendari, cast)
    links = _links(cast, kendari.bot)
    for code in casting.PLAYING:
        casting.hire(cast, kendari.telegram, code)
        if code in COORDINATED:
            cast.groups[code].members[cast.coordinator.id] = Member(cast.coordinator)
        if code != MISSING:
            greeting = await kendari.follows(cast.secretaries[code], links[code])
            await kendari.links_group(
                cast.secretaries[code], greeting, "➕ Hubungkan grup", cast.groups[code]
            )


def _links(cast: Cast, bot: Bot) -> dict[str, str]:
    workbook = cast.coordinator.chat(bot).last.media
    assert workbook, "the invitation of all is a file"
    sheet = load_workbook(io.BytesIO(workbook.data), read_only=True).active
    assert sheet
    return {str(row[0]): str(row[3]) for row in sheet.iter_rows(min_row=2, values_only=True)}
