"""The city as the visitor finds it: on the eve, posts given, groups linked, one OPD missing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from demo.cast import Cast
from demo.city import Clock
from demo.telegram import Bot, Chat, Person, Telegram
from demo.web.eve import Eve
from demo.web.events import Hub
from demo.web.machine import Machine, watch_tasks

ABOUT = {
    "DINKES": "Sekretaris Dinas Kesehatan",
    "DUKCAPIL": "Sekretaris Dinas Dukcapil",
    "RSUD": "Kabag Tata Usaha RSUD Kota Kendari",
    "KEC-BARUGA": "Sekretaris Kecamatan Baruga",
    "DPMPTSP": "Sekretaris DPMPTSP",
    "BAPENDA": "Sekretaris Bapenda",
    "KEC-MANDONGA": "Sekretaris Kecamatan Mandonga",
}


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
async def opened(eve: Eve) -> AsyncIterator[Stage]:
    """On a database in a folder that is gone after."""
    watch_tasks()
    with TemporaryDirectory(prefix="tuntas-demo-") as folder:
        world = eve.twin()
        settings = world.settings_in(Path(folder))
        machine = Machine(settings, world.telegram, world.bot, world.clock)
        about = _about(world.cast)
        stage = Stage(world.telegram, world.bot, world.clock, machine, world.cast, Hub(), about)
        stage.telegram.answering.append(_tells(stage.hub))
        await machine.start()
        try:
            yield stage
        finally:
            stage.hub.close()
            await machine.stop()


def _about(cast: Cast) -> dict[int, str]:
    posts = {cast.coordinator.id: "Koordinator", cast.sekda.id: "Sekretaris Daerah"}
    posts[cast.staff.id] = "Staf Dinas Kesehatan, tanpa jabatan di Tuntas"
    return posts | {who.id: ABOUT[code] for code, who in cast.secretaries.items()}


def _tells(hub: Hub) -> Any:
    async def tell(bot: Bot, method: str, params: dict[str, Any], body: dict[str, Any]) -> None:
        if method.lower() != "getupdates":
            hub.changed()

    return tell
