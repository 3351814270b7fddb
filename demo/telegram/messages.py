"""A message: what the people of a chat see of it (a bubble), and what a bot is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from demo.telegram import html_writer
from demo.telegram.entities import Entity, cut
from demo.telegram.users import ANONYMOUS, User

if TYPE_CHECKING:
    from demo.telegram.chats import Chat, Topic
    from demo.telegram.files import File

Button = dict[str, Any]
Keyboard = list[list[Button]]


@dataclass(eq=False, repr=False)
class Message:
    """One bubble. `text` is also the caption of a photo or document; `entities` belong to it."""

    id: int
    chat: Chat
    sender: User
    when: datetime
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    keyboard: Keyboard = field(default_factory=list)
    reply_to: Message | None = None
    topic: Topic | None = None
    media: File | None = None
    album: str = ""
    silent: bool = False
    anonymous: bool = False
    service: dict[str, Any] = field(default_factory=dict)
    forced_reply: dict[str, Any] = field(default_factory=dict)
    edited: datetime | None = None
    deleted: bool = False
    earlier: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<{self.who}: {self.text or list(self.service)!r}>"

    @property
    def who(self) -> str:
        """The name that stands above the bubble."""
        return self.chat.title if self.anonymous else self.sender.name

    @property
    def html(self) -> str:
        return html_writer.write(self.text, self.entities)

    @property
    def buttons(self) -> list[list[str]]:
        """Rows of labels."""
        return [[button["text"] for button in row] for row in self.keyboard]

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The entities resolved: (type, the words they cover)."""
        return [(entity["type"], cut(self.text, entity)) for entity in self.entities]

    def button(self, label: str) -> Button:
        """The button with this visible label, or else with this callback data."""
        buttons = [button for row in self.keyboard for button in row]
        for key in ("text", "callback_data"):
            for button in buttons:
                if button.get(key) == label:
                    return button
        raise LookupError(f"no button {label!r} among {self.buttons} under {self.text[:40]!r}")

    def as_json(self, with_reply: bool = True) -> dict[str, Any]:
        """The Bot API's Message."""
        facts = self._head() | self._place() | self._content() | self.service
        if with_reply and (answered := self._answered()):
            facts["reply_to_message"] = answered.as_json(with_reply=False)
        if self.edited:
            facts["edit_date"] = int(self.edited.timestamp())
        if self.keyboard:
            facts["reply_markup"] = {"inline_keyboard": self.keyboard}
        return facts

    def _answered(self) -> Message | None:
        """In a topic what answers nothing answers the message that opened the topic."""
        answered = self.reply_to or (self.topic.opening if self.topic else None)
        return answered if answered and answered is not self and not answered.deleted else None

    def _head(self) -> dict[str, Any]:
        sender = ANONYMOUS if self.anonymous else self.sender
        facts = {
            "message_id": self.id,
            "from": sender.as_json(),
            "chat": self.chat.as_json(),
            "date": int(self.when.timestamp()),
        }
        return facts | ({"sender_chat": self.chat.as_json()} if self.anonymous else {})

    def _place(self) -> dict[str, Any]:
        """A topic of a forum; in other supergroups the thread of replies, which is no topic."""
        if self.topic:
            return {"message_thread_id": self.topic.id, "is_topic_message": True}
        if self.reply_to and self.chat.type == "supergroup" and not self.chat.is_forum:
            return {"message_thread_id": self._first_of_thread().id}
        return {}

    def _first_of_thread(self) -> Message:
        return self.reply_to._first_of_thread() if self.reply_to else self

    def _content(self) -> dict[str, Any]:
        words = ("caption", "caption_entities") if self.media else ("text", "entities")
        content = dict(zip(words, (self.text, self.entities), strict=True))
        facts = {key: value for key, value in content.items() if value}
        if self.media:
            facts |= self.media.as_json()
        if self.album:
            facts["media_group_id"] = self.album
        return facts


@dataclass(eq=False)
class PopUp:
    """A press and what the person saw for it. `text` is empty until the bot answered with one."""

    id: str
    person: User
    message: Message
    data: str
    when: datetime
    answered: bool = False
    text: str = ""
    show_alert: bool = False
    url: str = ""
