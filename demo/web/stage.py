"""The city as the visitor finds it: on the eve, posts given, groups linked, one OPD missing."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook

from demo import cast as casting
from demo import city, eve
from demo.cast import Cast
from demo.city import City, Clock
from demo.moments import Moment
from demo.telegram import Bot, Chat, Member, Person, Telegram
from demo.web.events import Hub
from demo.web.machine import Machine, watch_tasks

MISSING = "RSUD"
"""The OPD whose secretary and group the visitor brings in."""
ABOUT = {
    "DINKES": "Sekretaris Dinas Kesehatan",
    "DUKCAPIL": "Sekretaris Dinas Dukcapil",
    "RSUD": "Kabag Tata Usaha RSUD Kota Kendari",
    "KEC-BARUGA": "Sekretaris Kecamatan Baruga",
    "DPMPTSP": "Sekretaris DPMPTSP",
    "BAPENDA": "Sekretaris Bapenda",
    "KEC-MANDONGA": "Sekretaris Kecamatan Mandonga",
}
COORDINATED = ("DINKES", "DUKCAPIL", "RSUD")
"""The OPD in whose groups the coordinator sits, which gives no right there."""


@dataclass
class Stage:
    """Everything there is; `about` says of each person, by id, who they are in the city."""

    telegram: Telegram
    bot: Bot
    clock: Clock
    machine: Machine
    cast: Cast
    hub: Hub
    about: dict[int, str] = field(default_factory=dict)

    @property
    def people(self) -> list[Person]:
        """In the order in which one may want to be them."""
        cast = self.cast
        return [cast.secretaries["DINKES"], cast.coordinator, cast.sekda] + [
            person for person in self.telegram.people
            if person not in (cast.secretaries["DINKES"], cast.coordinator, cast.sekda)
        ]  # fmt: skip

    def actor(self, part: str) -> Person:
        """By their part in the cast: "coordinator", "sekda", or the OPD whose secretary it is."""
        if part in self.cast.secretaries:
            return self.cast.secretaries[part]
        found = getattr(self.cast, part)
        assert isinstance(found, Person)
        return found

    def group(self, code: str) -> Chat:
        """The OPD's group, as a supergroup where it became one."""
        group = self.cast.groups[code]
        while group.upgraded_to:
            group = group.upgraded_to
        return group

    def person(self, key: str) -> Person:
        """LookupError where nobody has this id."""
        for person in self.people:
            if str(person.id) == key:
                return person
        raise LookupError(key)

    def chats_of(self, person: Person) -> list[Chat]:
        """The private chat with the bot, then the groups."""
        groups = self.telegram.groups.values()
        inside = [g for g in groups if g.upgraded_to is None and g.member(person).is_inside]
        return [person.chat(self.bot), *inside]

    def chat(self, person: Person, key: str) -> Chat:
        """As this person means it; a group that became a supergroup is found there."""
        if key == str(person.id):
            return person.chat(self.bot)
        group = self.telegram.groups.get(int(key)) if key.lstrip("-").isdigit() else None
        while group and group.upgraded_to:
            group = group.upgraded_to
        if group is None or not group.member(person).is_inside:
            raise LookupError(key)
        return group


@asynccontextmanager
async def opened() -> AsyncIterator[Stage]:
    """On a database in a folder that is gone after."""
    watch_tasks()
    async with city.opened(eve.EVE, _nobody_watches) as kendari:
        cast = casting.gather(kendari.telegram)
        await _play(kendari, cast)
        await kendari.desk.database.close()  # one writer on one file
        telegram, clock, bot = kendari.telegram, kendari.clock, kendari.bot
        machine = Machine(kendari.desk.settings, telegram, bot, clock)
        stage = Stage(telegram, bot, clock, machine, cast, Hub(), _about(cast))
        telegram.answering.append(_tells(stage.hub))
        await machine.start()
        try:
            yield stage
        finally:
            stage.hub.close()
            await machine.stop()


async def _nobody_watches(moment: Moment) -> None:
    await asyncio.sleep(0)


async def _play(kendari: City, cast: Cast) -> None:
    """Everybody but one comes, and links their group."""
    await eve.set_up(kendari, cast)
    await eve.invite(kendari, cast)
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


def _about(cast: Cast) -> dict[int, str]:
    posts = {cast.coordinator.id: "Koordinator", cast.sekda.id: "Sekretaris Daerah"}
    posts[cast.staff.id] = "Staf Dinas Kesehatan, tanpa jabatan di Tuntas"
    return posts | {who.id: ABOUT[code] for code, who in cast.secretaries.items()}


def _tells(hub: Hub) -> Any:
    async def tell(bot: Bot, method: str, params: dict[str, Any], body: dict[str, Any]) -> None:
        if method.lower() != "getupdates":
            hub.changed()

    return tell
