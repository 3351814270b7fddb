"""Many messages to one running bot, one after the other, and what came of each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from demo.telegram import Chat, Message, Person
from tests.rights.city import City
from tests.rights.said import SIGNS


@dataclass(frozen=True)
class Said:
    """`who` as in the city's cast, `place` as in its groups. `how`: captioned (a photo),
    answering (somebody else's file), or a reply."""

    who: str
    place: str
    text: str
    how: str = ""

    def __str__(self) -> str:
        return f"{self.text} by {self.who} in {self.place}, {self.how}"

    @property
    def command(self) -> str:
        return self.text.partition(" ")[0]


def chat_of(city: City, who: str, place: str) -> Chat:
    return city.groups.get(place) or city.people[who].chat(city.bot)


def sign_of(text: str) -> str:
    """How the tables call what was answered."""
    if not text:
        return "."
    return next((sign for said, sign in SIGNS.items() if text.startswith(said)), "+")


async def answers(city: City, chat: Chat) -> str:
    """What the bot says there to what was just said."""
    before = len(city.telegram.transcript)
    trouble = len(city.telegram.refused)
    await city.hears()
    told = city.telegram.transcript[before:]

    assert city.telegram.refused[trouble:] == []
    return "\n".join(m.text for m in told if m.sender is city.bot and m.chat is chat)


async def replied(city: City, who: str, question: Message, text: str) -> str:
    city.people[who].says(text, to=question.chat, reply_to=question)
    return await answers(city, question.chat)


async def said(city: City, one: Said, files: dict[Chat, Message]) -> str:
    """A command with a file. `files`: what somebody else sent into each group."""
    who, chat = city.people[one.who], chat_of(city, one.who, one.place)
    if one.how == "captioned":
        who.sends_photo(to=chat, caption=one.text)
    else:
        who.says(one.text, to=chat, reply_to=files[chat])
    return await answers(city, chat)


async def edited(city: City, who: Person, message: Message, text: str) -> str:
    who.edits(message, text)
    return await answers(city, message.chat)


@contextmanager
def showing(message: Message, text: str) -> Iterator[Message]:
    """As if the bot had said that there: who replies sees to it that it is so, if they can."""
    before, message.text = message.text, text
    yield message
    message.text = before


def fetched(city: City) -> int:
    """How often the bot asked Telegram for a file."""
    return sum(call.method == "getFile" for call in city.telegram.calls)
