"""The stage for the whole city: its coordinator, whose actions are counted, and 44 secretaries."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime

from openpyxl import load_workbook

from config import kendari
from demo import eve
from demo.city import City
from demo.telegram import Chat, Message, Person
from tests import counting
from tests.counting import WITA, Count


@dataclass
class Kendari:
    """`actions` are the coordinator's. What many do at once, the bot hears at once."""

    city: City
    actions: int = 0
    secretaries: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Chat] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.coordinator = self.city.telegram.person("Rina Wijaya")
        self.sekda = self.city.telegram.person("Bambang Setiawan")

    @property
    def codes(self) -> list[str]:
        return sorted(self.groups)

    # setting up

    async def is_set_up(self) -> None:
        """Two imports, the link for oneself, opening it, the invitation of all; then each link
        is handed to its secretary."""
        await self.city.imports(eve.DEADLINE)
        self.actions += 2
        mine = await self.city.invites_coordinator()
        self.actions += 1
        await self.acts(f"/start {mine.partition('start=')[2]}")
        workbook = (await self.acts("/undang semua")).media
        assert workbook
        links = {code: self.hands_over(url) for code, url in _links(workbook.data).items()}
        await self.join(links)

    async def acts(self, text: str) -> Message:
        self.actions += 1
        return await self.city.says(self.coordinator, text)

    def hands_over(self, link: str) -> str:
        self.actions += 1
        return link

    async def join(self, links: dict[str, str]) -> None:
        """Every secretary presses Start, then ➕ Hubungkan grup into a group of their own."""
        bot, telegram = self.city.bot, self.city.telegram
        for code, link in links.items():
            secretary = self.secretaries[code] = telegram.person(f"Sekretaris {code}")
            self.groups[code] = telegram.group(f"Grup {code}", creator=secretary)
            secretary.follows(link)
        await self.city.happen()
        for code, secretary in self.secretaries.items():
            url = secretary.chat(bot).last.button("➕ Hubungkan grup")["url"]
            secretary.follows(url, into=self.groups[code])
        await self.city.happen()

    async def invites_sekda(self) -> None:
        said = await self.acts("/undang sekda")
        await self.city.follows(self.sekda, dict(said.parts)["url"])

    # a day

    async def at(self, day: int, hour: int, minute: int = 0, month: int = 9) -> None:
        self.city.clock.now = datetime(2026, month, day, hour, minute, tzinfo=WITA)
        await self.city.happen()

    def says(self, code: str, text: str) -> None:
        self.secretaries[code].says(text, to=self.groups[code])

    def presses(self, code: str, message: Message, row: int, column: int) -> None:
        self.secretaries[code].presses(message, message.buttons[row][column])

    def reminders(self, code: str) -> list[Message]:
        return [b for b in self.said_in(self.groups[code]) if b.text.startswith("⏰")]

    def said_in(self, chat: Chat) -> list[Message]:
        return [b for b in chat.messages if b.sender is self.city.bot]

    def count(self) -> Count:
        """From the files and the bubbles, up to now."""
        count = counting.of_files(kendari.OPD, kendari.CHECKLIST, eve.DEADLINE.at)
        count.read(self.city.telegram.transcript)
        return count

    def digest(self) -> str:
        """The last thing the Sekda was told; the coordinator was told the same."""
        told = self.sekda.chat(self.city.bot).last.text
        assert self.coordinator.chat(self.city.bot).last.text == told
        return told


def _links(workbook: bytes) -> dict[str, str]:
    """The link for each OPD's secretary, by the OPD's code."""
    sheet = load_workbook(io.BytesIO(workbook), read_only=True).active
    assert sheet
    rows = sheet.iter_rows(min_row=2, values_only=True)
    return {str(code): str(url) for code, _, _, url, _ in rows}
