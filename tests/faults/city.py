"""A city of three OPD, one in each kind of group, and a plain model of what its people did."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta

from db import chats, linking
from db.act import Act
from db.models import Role
from demo.telegram import Chat, Message, Person, Topic
from tests.faults import base
from tests.faults.wiretap import Wiretap
from tests.town import Town, wita

# Each kind of group fails in its own way: a group may be muted, and becomes a supergroup; a
# supergroup silences the bot alone; a topic is closed and deleted.
KINDS = {"KECIL": "group", "BESAR": "supergroup", "FORUM": "topic"}
ITEMS = 30  # for each, so that it never runs out of something to do
SAID = {
    "submit": "✅ {}: dicatat",
    "withdraw": "↩️ {}: konfirmasi dibatalkan",
    "verify": "✅ {}: terverifikasi",
    "return": "↩️ {}: dikembalikan untuk perbaikan",
}
REVIEWS = {"verify": "/verifikasi {} {}", "return": "/kembalikan {} {} foto belum terlihat"}
Key = tuple[str, int]


@dataclass
class Office:
    code: str
    secretary: Person
    operator: Person
    chat: Chat
    topic: Topic | None = None

    @property
    def people(self) -> tuple[Person, Person]:
        return self.secretary, self.operator

    def moved(self) -> Chat:
        """Where it is now."""
        return self.chat.upgraded_to or self.chat


@dataclass(frozen=True)
class Deed:
    """What somebody did to one item by a message or press (`press`: its id) of its own, which
    Telegram hands over as the update of this id."""

    verb: str
    key: Key
    chat: Chat
    source: str
    update: int
    press: str = ""

    @property
    def words(self) -> str:
        """What its answer says."""
        return SAID[self.verb].format(f"{self.key[1]}. {title(self.key)}")

    @property
    def chats(self) -> set[int]:
        return {chat.id for chat in (self.chat, self.chat.upgraded_to) if chat}


@dataclass
class City:
    town: Town
    dice: random.Random
    tap: Wiretap
    offices: dict[str, Office]
    rudi: Person
    hasan: Person
    deeds: list[Deed] = field(default_factory=list)
    by: dict[Key, tuple[Person, Chat]] = field(default_factory=dict)  # who confirmed it where
    trespasses: list[str] = field(default_factory=list)  # presses that are refused

    @property
    def stands(self) -> dict[Key, str]:
        """The last that was done to each item."""
        return {deed.key: deed.verb for deed in self.deeds}

    @property
    def people(self) -> list[Person]:
        return [self.rudi, self.hasan, *(p for o in self.offices.values() for p in o.people)]

    # what people do

    def acts(self) -> None:
        """Somebody, or two or three, do something; nobody is heard yet."""
        for _ in range(self.dice.choice((1, 1, 2, 3))):
            self.dice.choice((self._confirms, self._presses, self._withdraws, self._trespasses))()

    def reviews(self) -> None:
        """Only what was taken in: the coordinator's chat is no part of the OPD's order."""
        key = self._one_that("submit")
        if key and self.tap.is_heard and self._may_say(self.rudi, None):
            verb = self.dice.choice(tuple(REVIEWS))
            said = self.rudi.says(REVIEWS[verb].format(*key), to=self.town.bot)
            self._did(verb, key, said.chat, f"message:{said.chat.id}:{said.id}")

    def _confirms(self) -> None:
        known, office = self.stands, self.dice.choice(list(self.offices.values()))
        left = [n for n in range(1, ITEMS + 1) if (office.code, n) not in known]
        who, where = self.dice.choice(office.people), self.dice.choice((office, None))
        if left and self._may_say(who, where):
            number = self.dice.choice(left)
            self._says(who, "done", "submit", (office.code, number), where)

    def _presses(self) -> None:
        """✅ under the newest reminder that somebody sees."""
        office = self.dice.choice(list(self.offices.values()))
        who = office.secretary
        chat = self.dice.choice((office.moved(), who.chat(self.town.bot)))
        where = None if chat.person else office
        reminders = [m for m in chat.messages if "⏰" in m.text and m.keyboard]
        if reminders and self._may_say(who, where):
            labels = {label for row in reminders[-1].buttons for label in row}
            known = self.stands
            fresh = [n for n in range(1, ITEMS + 1) if (office.code, n) not in known]
            if offered := [n for n in fresh if f"✅ {n}" in labels]:
                key = (office.code, self.dice.choice(offered))
                seen = who.presses(reminders[-1], f"✅ {key[1]}")
                source = f"press:{chat.id}:{reminders[-1].id}:{seen.id}"
                self.by[key] = who, chat
                self._did("submit", key, chat, source, seen.id)

    def _trespasses(self) -> None:
        """The coordinator presses what is the OPD's: all that this brings is a pop-up."""
        chat = self.dice.choice(list(self.offices.values())).moved()
        reminders = [m for m in chat.messages if "⏰" in m.text and m.keyboard]
        if reminders and chat.member(self.town.bot).is_inside:
            label = reminders[-1].buttons[0][0]
            self.trespasses.append(self.rudi.presses(reminders[-1], label).id)

    def _withdraws(self) -> None:
        """By who confirmed it, and where: what is said in one chat keeps its order."""
        if key := self._one_that("submit"):
            (who, chat), office = self.by[key], self.offices[key[0]]
            where = None if chat.person else office
            if (where is None or chat in (office.chat, office.moved())) and self._may_say(
                who, where
            ):
                self._says(who, "batalkan", "withdraw", key, where)

    def _says(self, who: Person, command: str, verb: str, key: Key, where: Office | None) -> None:
        name = f"@{self.town.bot.username}" if where else ""
        text, topic = f"/{command}{name} {key[1]}", where.topic if where else None
        said = who.says(text, to=where.moved() if where else self.town.bot, topic=topic)
        self.by[key] = who, said.chat
        self._did(verb, key, said.chat, f"message:{said.chat.id}:{said.id}")

    def _did(self, verb: str, key: Key, chat: Chat, source: str, press: str = "") -> None:
        update = self.town.bot.queue.waiting[-1].id
        self.deeds.append(Deed(verb, key, chat, source, update, press))

    def _may_say(self, who: Person, where: Office | None) -> bool:
        """Whether Telegram lets them, and hands it over."""
        if where is None:
            return who.id not in self.town.bot.blocked_by
        chat, topic = where.moved(), where.topic
        is_shut = not chat.can_send or (topic is not None and topic.closed)
        return (
            chat.member(self.town.bot).is_inside
            and not (topic and topic.deleted)
            and (chat.member(who).is_admin or not is_shut)
        )

    def _one_that(self, verb: str) -> Key | None:
        found = [key for key, last in self.stands.items() if last == verb]
        return self.dice.choice(found) if found else None


def title(key: Key) -> str:
    return f"Berkas {key[0]} nomor {key[1]}"


async def laid_out(town: Town, seed: int) -> City:
    dice, tap = random.Random(seed), Wiretap(town, seed, is_calm=True)
    rudi, hasan = town.telegram.person("Rudi"), town.telegram.person("Hasan")
    await town.appoint(rudi, Role.COORDINATOR)
    await town.appoint(hasan, Role.SEKDA)
    offices = {code: await _office(town, code, rudi) for code in KINDS}
    for code in KINDS:
        for number in range(1, ITEMS + 1):
            due = wita(11, 24) + timedelta(days=dice.randint(-10, 20))
            await town.item(code, number, title((code, number)), due)
    city = City(town, dice, tap, offices, rudi, hasan)
    base.lay_ballast(tap.file)
    return city


async def _office(town: Town, code: str, rudi: Person) -> Office:
    secretary, operator = (town.telegram.person(f"{post} {code}") for post in ("Sek", "Op"))
    await town.opd(code, f"Dinas {code.capitalize()}")
    chat = town.telegram.group(
        f"Grup {code}",
        creator=secretary,
        members=[operator, rudi, town.bot],
        supergroup=KINDS[code] != "group",
        forum=KINDS[code] == "topic",
    )
    topic = secretary.opens_topic(chat, "Tenggat") if chat.is_forum else None
    await town.hears()
    async with town.desk.transaction() as session:
        opd = await chats.by_code(session, code)
        assert opd
        act = Act(town.clock.now, f"stage:group:{code}")
        await linking.link(session, act, opd.id, chat.id, topic.id if topic else 0, chat.title)
    await town.appoint(secretary, Role.SECRETARY, code)
    await town.appoint(operator, Role.OPERATOR, code)
    return Office(code, secretary, operator, chat, topic)


def said_by(town: Town) -> list[Message]:
    """All that the bot ever said."""
    return [m for m in town.telegram.transcript if m.sender is town.bot]
