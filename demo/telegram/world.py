"""The make-believe Telegram: everybody and everything in it, and the one way bots call it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from demo.telegram import methods, privacy
from demo.telegram.bots import Bot
from demo.telegram.chats import Chat, Member, Topic
from demo.telegram.door import Door
from demo.telegram.files import Store
from demo.telegram.limits import Limits
from demo.telegram.messages import Message, PopUp
from demo.telegram.people import Person
from demo.telegram.refusals import Refused
from demo.telegram.trouble import Cut, Trouble, Troubled
from demo.telegram.users import ANONYMOUS, User

Answer = tuple[int, dict[str, Any]]
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{24,}")


@dataclass(frozen=True)
class Called:
    """One call as it was made and answered; `code` 0 where the line was cut."""

    bot: Bot
    method: str
    params: dict[str, Any]
    code: int
    description: str


class Telegram(Troubled):
    """`clock` tells an aware now. `limits`: refuse who sends too fast. See the package."""

    def __init__(self, clock: Callable[[], datetime], *, limits: bool = False) -> None:
        self.clock = clock
        self.limits = Limits() if limits else None
        super().__init__()
        self.files = Store()
        self.users: dict[int, User] = {ANONYMOUS.id: ANONYMOUS}
        self.bots: list[Bot] = []
        self.people: list[Person] = []
        self.groups: dict[int, Chat] = {}
        self.privates: dict[tuple[int, int], Chat] = {}
        self.transcript: list[Message] = []
        self.calls: list[Called] = []
        self.albums = self.pressed = 0

    # making the world

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
        person = Person(id, first, last, username, world=self)
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

    # what a bot may ask

    def door(self, token: str) -> Door:
        """For PTB: `request` and `get_updates_request` of the bot with this token."""
        return Door(self, token)

    async def call(
        self,
        token: str,
        method: str,
        params: dict[str, Any],
        files: dict[str, tuple[str, bytes]] | None = None,
    ) -> Answer:
        """(HTTP code, body) of any Bot API call. Raises Cut or Nonsense where trouble is due."""
        try:
            bot = self._bot_of(token)
        except Refused as refused:
            return refused.code, methods.refusal(refused)
        try:
            code, body = await self._through(bot, method, params, files or {})
        except Cut:
            self.calls.append(Called(bot, method, params, 0, "cut"))
            raise
        self.calls.append(Called(bot, method, params, code, body.get("description", "")))
        return code, body

    async def download(self, token: str, path: str) -> tuple[int, bytes]:
        """(HTTP code, content) of a file that getFile told the path of."""
        if trouble := self.line.next("download"):
            self._raise(trouble)
        file = self.files.at(path) if any(bot.token == token for bot in self.bots) else None
        missing = b'{"ok":false,"error_code":404,"description":"Not Found"}'
        return (200, file.data) if file else (404, missing)

    @property
    def refused(self) -> list[Called]:
        """The calls that were refused."""
        return [call for call in self.calls if call.code >= 300]

    async def _through(
        self, bot: Bot, method: str, params: dict[str, Any], files: dict[str, Any]
    ) -> Answer:
        await asyncio.sleep(0)  # a network would let others go on, too
        trouble = self.line.next(method)
        if trouble and not trouble.after:
            return self._raise(trouble)
        answer = await methods.answer(self, bot, method, params, files)
        if self.line.is_down:
            raise Cut(httpx.ReadError(""))
        return self._raise(trouble) if trouble else answer

    def _raise(self, trouble: Trouble) -> Answer:
        if isinstance(trouble.what, Exception):
            raise trouble.what
        return trouble.what

    def _bot_of(self, token: str) -> Bot:
        for bot in self.bots:
            if bot.token == token:
                return bot
        raise Refused("wrong_token" if TOKEN.fullmatch(token) else "malformed_token")

    def down(self) -> None:
        """Telegram cannot be reached; long polls under way break."""
        self.line.is_down = True
        for bot in self.bots:
            bot.queue.arrived.set()

    def up(self) -> None:
        self.line.is_down = False

    # what happens inside

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
        if what["chat"]["type"] == "private" if "chat" in what else False:
            bot.started_by.add(what["chat"]["id"])
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
