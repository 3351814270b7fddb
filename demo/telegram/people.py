"""People: what their hands do in Telegram, so that a test or the demo reads as sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from demo.telegram import entities, links, membership
from demo.telegram.bots import Bot
from demo.telegram.chats import Chat, Topic
from demo.telegram.cleaning import clean
from demo.telegram.files import File
from demo.telegram.managing import Managing
from demo.telegram.messages import Message, PopUp

if TYPE_CHECKING:
    from collections.abc import Sequence

To = Chat | Bot | None
"""Where: a group, or a bot for the private chat with it; None: where `reply_to` stands."""


@dataclass(eq=False, repr=False)
class Person(Managing):
    """Somebody with Telegram in hand. `pop_ups`: one for each press, in order."""

    pop_ups: list[PopUp] = field(default_factory=list)

    def chat(self, bot: Bot) -> Chat:
        """This person's private chat with a bot."""
        return self.world.private(self, bot)

    def menu(self, bot: Bot, where: Chat | None = None) -> list[str]:
        """What the / menu offers this person, in private or in a group: "/done", …"""
        chat = where or self.chat(bot)
        return [f"/{command['command']}" for command in bot.menu_for(chat.member(self), chat)]

    def says(
        self,
        text: str,
        *,
        to: To = None,
        reply_to: Message | None = None,
        topic: Topic | None = None,
    ) -> Message:
        """Writes a message; in a group's topic where one is given or answered in."""
        return self._posts(text, to, reply_to, topic)

    def edits(self, message: Message, text: str) -> Message:
        """Changes one's own message or caption."""
        assert message.sender is self
        message.earlier.append(message.text)
        message.text, message.entities = text, entities.find(text)
        message.edited = self.world.clock()
        self.world.tell(message, "edited_message")
        return message

    def deletes(self, message: Message) -> None:
        """Bots are not told."""
        message.deleted = True

    def sends_photo(
        self,
        *,
        to: To = None,
        caption: str = "",
        data: bytes = b"a photo",
        reply_to: Message | None = None,
        topic: Topic | None = None,
    ) -> Message:
        file = self.world.files.keep("photo", data, "photo.jpg", "image/jpeg")
        return self._posts(caption, to, reply_to, topic, file)

    def sends_document(
        self,
        *,
        to: To = None,
        caption: str = "",
        data: bytes = b"a document",
        name: str = "dokumen.pdf",
        reply_to: Message | None = None,
        topic: Topic | None = None,
    ) -> Message:
        file = self.world.files.keep("document", data, name)
        return self._posts(caption, to, reply_to, topic, file)

    def sends_album(
        self, photos: Sequence[bytes], *, to: To, caption: str = "", topic: Topic | None = None
    ) -> list[Message]:
        """Several photos at once; the caption stands under the first, as the apps do."""
        album, captions = self.world.take_album(), [caption] + [""] * (len(photos) - 1)
        return [
            self._posts(words, to, None, topic, self._photo(data), album)
            for words, data in zip(captions, photos, strict=True)
        ]

    def presses(self, message: Message, label: str) -> PopUp:
        """Presses a button by its visible label, or by its callback data; a link is followed."""
        button = message.button(label)
        if "url" in button:
            return self._opens(message, button["url"])
        return self.forges(message, button["callback_data"])

    def forges(self, message: Message, data: str) -> PopUp:
        """Presses with any data, as a modified app can."""
        assert isinstance(message.sender, Bot)
        assert not message.deleted
        self._place(message.chat)
        return self.world.press(self, message, data, self.pop_ups)

    def starts(self, bot: Bot, payload: str = "") -> Message:
        """Presses Start in the private chat, perhaps by a link with a payload."""
        if self.id in bot.blocked_by:
            self.unblocks(bot)
        return self.says(f"/start {payload}".rstrip(), to=bot)

    def follows(self, url: str, *, into: Chat | None = None) -> Message | None:
        """Opens a t.me link; a startgroup link needs the group it goes `into`."""
        link = links.read(url)
        bot = self.world.bot_named(link.username)
        if link.kind == "start":
            return self.starts(bot, link.payload)
        if into is None:
            raise ValueError("a startgroup link asks into which group")
        into = into.upgraded_to or into
        if not into.member(bot).is_inside:
            self.adds(bot, into)
        said = f"/start@{bot.username} {link.payload}"
        return self.says(said, to=into) if link.payload else None

    def blocks(self, bot: Bot) -> None:
        membership.block(self.world, self, bot, True)

    def unblocks(self, bot: Bot) -> None:
        membership.block(self.world, self, bot, False)

    def _opens(self, message: Message, url: str) -> PopUp:
        seen = PopUp("", self, message, "", self.world.clock(), url=url)
        if "start=" in url and "t.me/" in url:
            self.follows(url)
        return seen

    def _photo(self, data: bytes) -> File:
        return self.world.files.keep("photo", data, "photo.jpg", "image/jpeg")

    def _posts(
        self,
        text: str,
        to: To,
        reply_to: Message | None,
        topic: Topic | None,
        media: File | None = None,
        album: str = "",
    ) -> Message:
        chat = self._chat(to, reply_to, topic)
        self._place(chat)
        text, _ = clean(text, [])
        if not text and not media:
            raise ValueError("Telegram's app sends no empty message")
        if len(text) > (1024 if media else 4096):
            raise ValueError("Telegram's app would cut this text into several messages")
        said = Message(chat.take_id(), chat, self, self.world.clock(), text, entities.find(text))
        said.reply_to, said.media, said.album = reply_to, media, album
        said.topic = topic or (reply_to.topic if reply_to else None)
        said.anonymous = chat.member(self).anonymous
        self._must_be_open(said)
        self.world.show(said)
        return said

    def _chat(self, to: To, reply_to: Message | None, topic: Topic | None) -> Chat:
        """A group that became a supergroup is written to there."""
        if isinstance(to, Bot):
            return self.chat(to)
        chat = to or (topic.chat if topic else None) or (reply_to.chat if reply_to else None)
        if chat is None:
            raise ValueError("say where: to=, topic= or reply_to=")
        return chat.upgraded_to or chat

    def _place(self, chat: Chat) -> None:
        """One must be in a group to speak; writing in private counts as Start."""
        if chat.type != "private" and not chat.member(self).is_inside:
            raise ValueError(f"{self.name} is not in {chat.title}")
        if chat.type == "private" and chat.person is not self:
            raise ValueError(f"that is the private chat of {chat.person and chat.person.name}")

    def _must_be_open(self, said: Message) -> None:
        member = said.chat.member(self)
        if said.topic and said.topic.closed and not member.is_admin:
            raise ValueError(f"the topic {said.topic.name} is closed")
        if not member.is_admin and not (member.can_send and said.chat.can_send):
            raise ValueError(f"{self.name} may not write in {said.chat.title}")
