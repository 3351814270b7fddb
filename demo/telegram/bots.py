"""A bot's account: token, privacy, menus, the people who started it, what waits for it."""

import json
from dataclasses import dataclass, field
from typing import Any

from demo.telegram.chats import Chat, Member
from demo.telegram.messages import PopUp
from demo.telegram.updates import Queue
from demo.telegram.users import User


@dataclass(eq=False, repr=False)
class Bot(User):
    """`privacy` on: in groups it sees only what is meant for it. `menus` by scope and language."""

    token: str = ""
    privacy: bool = True
    can_join_groups: bool = True
    queue: Queue = field(default_factory=lambda: Queue(500_000_001))
    polling: object | None = None
    webhook: str = ""
    started_by: set[int] = field(default_factory=set)
    blocked_by: set[int] = field(default_factory=set)
    known: set[int] = field(default_factory=set)
    menus: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    presses: dict[str, PopUp] = field(default_factory=dict)
    actions: list[tuple[int, str]] = field(default_factory=list)

    def me(self) -> dict[str, Any]:
        """The answer of getMe."""
        facts = {
            "can_join_groups": self.can_join_groups,
            "can_read_all_group_messages": not self.privacy,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
        return self.as_json() | facts

    def menu_for(self, member: Member, chat: Chat) -> list[dict[str, str]]:
        """The menu of the narrowest scope that has one (Bot API docs: BotCommandScope)."""
        private, admin = chat.type == "private", member.is_admin
        scopes: list[dict[str, Any] | None] = [
            {"type": "chat_member", "chat_id": chat.id, "user_id": member.user.id},
            {"type": "chat_administrators", "chat_id": chat.id} if admin else None,
            {"type": "chat", "chat_id": chat.id},
            {"type": "all_chat_administrators"} if admin else None,
            {"type": "all_private_chats" if private else "all_group_chats"},
            {"type": "default"},
        ]
        found = (self.menus.get((json.dumps(scope), "")) for scope in scopes if scope)
        return next((menu for menu in found if menu), [])
