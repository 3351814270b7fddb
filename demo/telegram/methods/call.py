"""One request of a bot, its parameters read; and the chat it speaks of, if the bot may."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from demo.telegram.bots import Bot
from demo.telegram.chats import Chat
from demo.telegram.messages import Message
from demo.telegram.refusals import Refused
from demo.telegram.users import User

if TYPE_CHECKING:
    from demo.telegram.scene import Scene


@dataclass
class Call:
    """`args` are JSON values by name; `files` are uploaded parts: (file name, content)."""

    world: Scene
    bot: Bot
    method: str
    args: dict[str, Any]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return str(self.args.get(name, ""))

    def number(self, name: str, default: int = 0) -> int:
        return int(self.args.get(name, default))

    def chat(self, *, write: bool = True) -> Chat:
        """The chat of `chat_id`; Refused where it is unknown or closed to the bot."""
        chat = self.world.chat_of(self.bot, self._chat_id())
        if chat is None:
            raise self._nobody()
        if chat.type == "private":
            return self._private(chat, write)
        if chat.upgraded_to and write:
            raise Refused("upgraded", {"migrate_to_chat_id": chat.upgraded_to.id})
        status = chat.member(self.bot).status
        if status == "kicked" and (write or chat.type == "supergroup"):
            raise Refused("kicked", kind=chat.type)
        if status == "left" and (write or chat.type == "supergroup"):
            raise Refused("not_member", kind=chat.type)
        return chat

    def message(self, condition: str, *, write: bool = True) -> Message:
        """The message of `message_id`, in a chat open to the bot."""
        message = self.chat(write=write).message(self.number("message_id"))
        if message is None:
            raise Refused(condition)
        return message

    def _private(self, chat: Chat, write: bool) -> Chat:
        assert chat.person is not None
        if write and chat.person.id in self.bot.blocked_by:
            raise Refused("blocked")
        return chat

    def _nobody(self) -> Refused:
        """Of a bot and of a person it met elsewhere the server says more."""
        user = self.world.users.get(self._chat_id())
        if user and user.is_bot:
            return Refused("bot_to_bot")
        return Refused("never_started" if user and self._met(user) else "chat_not_found")

    def _met(self, user: User) -> bool:
        groups = self.world.groups.values()
        both = any(g.member(user).is_inside and g.member(self.bot).is_inside for g in groups)
        return both or user.id in self.bot.known

    def _chat_id(self) -> int:
        given = self.text("chat_id")
        if not given:
            raise Refused("chat_id_empty")
        try:
            return int(given)
        except ValueError:
            raise Refused("chat_not_found") from None
