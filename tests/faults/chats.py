"""What becomes of chats: just when a message is on its way there, and what is put right later."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.faults.city import City, Office
from tests.town import Town

MOVED = "became a supergroup"
MOVES, CHANGED = 2, 0.07  # the second answer in a group finds it moved, at the latest; of messages


@dataclass
class Chats:
    city: City
    changed: list[str] = field(default_factory=list)
    answers: int = 0  # in a group that is no supergroup

    @property
    def _offices(self) -> list[Office]:
        return list(self.city.offices.values())

    @property
    def town(self) -> Town:
        return self.city.town

    def changes(self, dice: random.Random, road: str, chat_id: int) -> str:
        """What becomes of this chat now; nothing where it is in trouble already."""
        if is_time := road == "answer" and self._is_small(chat_id):
            self.answers += 1
            is_time = self.answers >= MOVES
        if not is_time and dice.random() >= CHANGED:
            return ""
        for person in self.city.people:
            if chat_id == person.id and person.id not in self.town.bot.blocked_by:
                person.blocks(self.town.bot)
                return self._note("the bot was blocked")
        for office in self._offices:
            if chat_id == office.moved().id and self._is_well(office):
                return self._note(self._hurt(office, dice, moves=is_time))
        return ""

    def _is_small(self, chat_id: int) -> bool:
        return any(o.moved().id == chat_id and o.moved().type == "group" for o in self._offices)

    def _hurt(self, office: Office, dice: random.Random, *, moves: bool) -> str:
        bot, chat, who = self.town.bot, office.moved(), office.secretary
        ways = {"the bot was put out": lambda: who.removes(bot, chat)}
        if chat.type == "group":
            ways["the group was muted"] = lambda: who.mutes(chat)
            ways[MOVED] = lambda: who.upgrades(chat) and None
        else:
            ways["the bot was silenced"] = lambda: who.restricts(bot, chat)
        if topic := office.topic:
            ways["the topic was closed"] = lambda: who.closes_topic(topic)
            ways["the topic was deleted"] = lambda: who.deletes_topic(topic)
        what = MOVED if moves else dice.choice(list(ways))
        ways[what]()
        return what

    def _note(self, what: str) -> str:
        self.changed.append(what)
        return what

    def _is_well(self, office: Office) -> bool:
        chat, topic = office.moved(), office.topic
        me = chat.member(self.town.bot)
        return (
            me.is_inside
            and me.can_send
            and chat.can_send
            and not (topic and (topic.closed or topic.deleted))
        )

    def mends(self, chance: float = 1.0) -> None:
        """Whom it concerns puts right what became of a chat, or does so later."""
        for person in self.city.people:
            if person.id in self.town.bot.blocked_by and self.city.dice.random() < chance:
                person.starts(self.town.bot)
        for office in self._offices:
            if not self._is_well(office) and self.city.dice.random() < chance:
                self._mend(office)

    def _mend(self, office: Office) -> None:
        bot, chat, who = self.town.bot, office.moved(), office.secretary
        if not chat.member(bot).is_inside:
            who.adds(bot, chat)
        elif not chat.member(bot).can_send:
            who.restricts(bot, chat, can_send=True)
        who.unmutes(chat)
        if (topic := office.topic) and topic.deleted:
            office.topic = who.opens_topic(chat, "Tenggat")
            self.city.rudi.says(f"/hubungkan@{bot.username} {office.code}", topic=office.topic)
        elif topic and topic.closed:
            who.reopens_topic(topic)
