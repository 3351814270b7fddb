"""Everybody and everything in the make-believe Telegram, and how word of it reaches the bots."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from demo.telegram import privacy
from demo.telegram.bots import Bot
from demo.telegram.chats import Chat, Member, Topic
from demo.telegram.files import Store
from demo.telegram.limits import SECOND, Limits
from demo.telegram.messages import Message, PopUp
from demo.telegram.people import Person
from demo.telegram.users import ANONYMOUS, User


class Scene:
    """`clock` tells an aware now. All ids are counted, so every run is the same."""

    def __init__(
        self, clock: Callable[[], datetime], *, limits: bool = False, second: timedelta = SECOND
    ) -> None:
        self.clock = clock
        self.limits = Limits(second) if limits else None
        self.files = Store()
        self.users: dict[int, User] = {ANONYMOUS.id: ANONYMOUS}
        self.bots: list[Bot] = []
        self.people: list[Person] = []
        self.groups: dict[int, Chat] = {}
        self.privates: dict[tuple[int, int], Chat] = {}
        self.transcript: list[Message] = []
        self.albums = self.pressed = 0

    def bot(
        self,
        username: str,
        name: str = "",
        *,
        token: str = "",
        privacy: bool = True,
        can_join_groups: bool = True,
    ) -> Bot:
        """A new bot, as from BotFather. Without a token it gets one; see `bot.token`."""
        number = 7_900_000_001 + len(self.bots)
        token = token or f"{number}:AAmakebelieve_{username}".ljust(46, "x")
        bot = Bot(int(token.split(":")[0]), name or username, username=username, is_bot=True)
        bot.token, bot.privacy, bot.can_join_groups = token, privacy, can_join_groups
        self.users[bot.id] = bot
        self.bots.append(bot)
        return bot

    def person(self, name: str, *, id: int = 0, username: str = "") -> Person:
        """Somebody who has not pressed Start anywhere. Ids exceed 32 bits now and then."""
        first, _, last = name.partition(" ")
        count = len(self.people)
        id = id or (7_300_000_001 if count % 2 else 812_345_001) + count
        person = Person(id, first, last, username, language_code="id", world=self)
        self.users[id] = person
        self.people.append(person)
        return person

    def group(
        self,
        title: str,
        *,
        creator: Person,
        members: Iterable[User] = (),
        supergroup: bool = False,
        forum: bool = False,
    ) -> Chat:
        """A group with these people; bots among `members` are added by the creator after."""
        chat = self.new_chat(title, supergroup=supergroup or forum, forum=forum)
        chat.members[creator.id] = Member(creator, "creator")
        for user in (members := list(members)):
            if not user.is_bot:
                chat.members[user.id] = Member(user)
        for user in members:
            if user.is_bot:
                creator.adds(user, chat)
        return chat

    def new_chat(self, title: str, *, supergroup: bool, forum: bool) -> Chat:
        """An empty group; its id is small and negative, a supergroup's begins with -100."""
        number = len(self.groups) + 1
        small = 4_012_345_000 if number % 2 else 612_345_000
        id = -1_002_100_000_000 - number if supergroup else -small - number
        chat = Chat(id, "supergroup" if supergroup else "group", title, is_forum=forum)
        chat.next_id = 2  # the first tells of the chat itself, and 1 is a forum's General topic
        self.groups[id] = chat
        return chat

    def private(self, person: User, bot: Bot) -> Chat:
        key = (person.id, bot.id)
        if key not in self.privates:
            chat = Chat(person.id, "private", bot.name, person)
            chat.members = {user.id: Member(user) for user in (person, bot)}
            self.privates[key] = chat
        return self.privates[key]

    def show(self, message: Message) -> None:
        """A new message appears in its chat and is told to the bots that see it."""
        message.chat.bubbles.append(message)
        self.transcript.append(message)
        self.tell(message)

    def tell(self, message: Message, kind: str = "message") -> None:
        for bot in self.bots:
            if privacy.sees(bot, message):
                self.hand(bot, kind, message.as_json())

    def hand(self, bot: Bot, kind: str, what: dict[str, Any]) -> None:
        """Queues an update for a bot, if it asked for this kind."""
        bot.known.add(what["from"]["id"])
        chat = what.get("chat", {})
        if chat.get("type") == "private":
            bot.started_by.add(chat["id"])
        bot.queue.add(kind, what, self.clock())

    def announce(
        self, chat: Chat, actor: User, topic: Topic | None = None, **service: Any
    ) -> Message:
        """A service message."""
        message = Message(chat.take_id(), chat, actor, self.clock(), topic=topic, service=service)
        message.anonymous = chat.member(actor).anonymous
        self.show(message)
        return message

    def press(self, person: Person, message: Message, data: str, seen: list[PopUp]) -> PopUp:
        bot = message.sender
        assert isinstance(bot, Bot)
        self.pressed += 1
        press = PopUp(
            str(4_400_000_000_000_000_000 + self.pressed), person, message, data, self.clock()
        )
        seen.append(press)
        bot.presses[press.id] = press
        what = {"id": press.id, "from": person.as_json(), "message": message.as_json()}
        self.hand(
            bot, "callback_query", what | {"chat_instance": str(message.chat.id), "data": data}
        )
        return press

    def chat_of(self, bot: Bot, chat_id: int) -> Chat | None:
        """The chat a bot means by an id; None where it knows none."""
        if chat_id < 0:
            chat = self.groups.get(chat_id)
            return chat if chat and bot.id in chat.members else None
        person = self.users.get(chat_id)
        return self.private(person, bot) if person and chat_id in bot.started_by else None

    def bot_named(self, username: str) -> Bot:
        for bot in self.bots:
            if bot.username.lower() == username.lower():
                return bot
        raise LookupError(f"no bot @{username}")

    def keep_limits(self, bot: Bot, chat: Chat) -> None:
        if self.limits:
            self.limits.keep(bot.id, chat, self.clock())

    def take_album(self) -> str:
        self.albums += 1
        return str(13_000_000_000_000_000 + self.albums)
