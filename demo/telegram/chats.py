"""Chats: private ones, groups, supergroups with topics; their members and their bubbles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from demo.telegram.messages import Message
from demo.telegram.users import User

if TYPE_CHECKING:
    from demo.telegram.bots import Bot

INSIDE = ("creator", "administrator", "member", "restricted")


@dataclass(eq=False, repr=False)
class Topic:
    """`id` is the message that opened it, as `message_thread_id`."""

    id: int
    name: str
    chat: Chat
    closed: bool = False
    deleted: bool = False
    opening: Message | None = None

    def __repr__(self) -> str:
        return f"<topic {self.name}>"


@dataclass(eq=False)
class Member:
    """`status` as the Bot API names it."""

    user: User
    status: str = "member"
    anonymous: bool = False
    can_send: bool = True

    @property
    def is_inside(self) -> bool:
        return self.status in INSIDE

    @property
    def is_admin(self) -> bool:
        return self.status in ("creator", "administrator")

    def as_json(self) -> dict[str, Any]:
        facts: dict[str, Any] = {"user": self.user.as_json(), "status": self.status}
        if self.status == "creator":
            return facts | {"is_anonymous": self.anonymous}
        if self.status == "administrator":
            return facts | {"is_anonymous": self.anonymous, "can_be_edited": False} | ADMIN_RIGHTS
        if self.status == "restricted":
            rights = dict.fromkeys(MEMBER_RIGHTS, self.can_send)
            return facts | rights | {"is_member": True, "until_date": 0}
        return facts | ({"until_date": 0} if self.status == "kicked" else {})


ADMIN_RIGHTS = dict.fromkeys(
    (
        "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
        "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
        "can_edit_stories", "can_delete_stories", "can_pin_messages", "can_manage_topics",
    ),
    True,
)  # fmt: skip
MEMBER_RIGHTS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos",
    "can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls",
    "can_send_other_messages", "can_add_web_page_previews", "can_change_info",
    "can_invite_users", "can_pin_messages", "can_manage_topics", "can_react_to_messages",
    "can_edit_tag",
)  # fmt: skip


@dataclass(eq=False, repr=False)
class Chat:
    """`type` is private, group or supergroup. `bubbles` are in the order people see them."""

    id: int
    type: str
    title: str = ""
    person: User | None = None
    is_forum: bool = False
    general_closed: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    bubbles: list[Message] = field(default_factory=list)
    upgraded_to: Chat | None = None
    last_bot: Bot | None = None
    can_send: bool = True
    next_id: int = 1

    def __repr__(self) -> str:
        return f"<{self.type} {self.title}>"

    @property
    def messages(self) -> list[Message]:
        """The bubbles still there that are not service messages."""
        return [b for b in self.bubbles if not b.deleted and not b.service]

    @property
    def last(self) -> Message:
        """The newest message still there."""
        return self.messages[-1]

    def member(self, user: User) -> Member:
        return self.members.get(user.id) or Member(user, "left")

    def message(self, message_id: int) -> Message | None:
        return next(
            (b for b in reversed(self.bubbles) if b.id == message_id and not b.deleted), None
        )

    def take_id(self) -> int:
        self.next_id += 1
        return self.next_id - 1

    def as_json(self) -> dict[str, Any]:
        if self.person:
            own = ("id", "first_name", "last_name", "username")
            facts = {key: value for key, value in self.person.as_json().items() if key in own}
            return facts | {"type": "private"}
        facts = {"id": self.id, "type": self.type, "title": self.title}
        return facts | ({"is_forum": True} if self.is_forum else {})
