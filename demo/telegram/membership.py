"""Who comes and goes: what the chat shows of it, and what the bots there are told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from demo.telegram.bots import Bot
from demo.telegram.chats import Chat, Member
from demo.telegram.users import User

if TYPE_CHECKING:
    from demo.telegram.scene import Scene


def enter(world: Scene, chat: Chat, actor: User, user: User) -> None:
    """`actor` adds `user`: the membership first, then the service message."""
    change(world, chat, actor, user, status="member", can_send=True, anonymous=False)
    world.announce(chat, actor, new_chat_members=[user.as_json()])


def leave(world: Scene, chat: Chat, user: User) -> None:
    _go(world, chat, user, user, "left")


def remove(world: Scene, chat: Chat, actor: User, user: User) -> None:
    """A supergroup bans whom it removes."""
    _go(world, chat, actor, user, "kicked")


def _go(world: Scene, chat: Chat, actor: User, user: User, status: str) -> None:
    """A bot that went hears of its membership; in a group, no supergroup, of the message too."""
    change(world, chat, actor, user, status=status)
    told = world.announce(chat, actor, left_chat_member=user.as_json())
    if isinstance(user, Bot) and chat.type == "group":
        world.hand(user, "message", told.as_json())


def change(world: Scene, chat: Chat, actor: User, user: User, **facts: Any) -> None:
    """Changes a membership; tells the bot it is about, and the admin bots that asked."""
    old = chat.member(user)
    new = replace(old, **facts)
    chat.members[user.id] = new
    what = {
        "chat": chat.as_json(),
        "from": actor.as_json(),
        "date": int(world.clock().timestamp()),
        "old_chat_member": old.as_json(),
        "new_chat_member": new.as_json(),
    }
    if isinstance(user, Bot):
        world.hand(user, "my_chat_member", what)
    for bot in world.bots:
        if bot is not user and chat.member(bot).is_admin:
            world.hand(bot, "chat_member", what)


def block(world: Scene, person: User, bot: Bot, blocked: bool) -> None:
    """In private the bot is told only of being blocked and unblocked."""
    statuses = ("member", "kicked") if blocked else ("kicked", "member")
    old, new = (Member(bot, status).as_json() for status in statuses)
    (bot.blocked_by.add if blocked else bot.blocked_by.discard)(person.id)
    what = {
        "chat": world.private(person, bot).as_json(),
        "from": person.as_json(),
        "date": int(world.clock().timestamp()),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    world.hand(bot, "my_chat_member", what)


def upgrade(world: Scene, old: Chat, actor: User, *, forum: bool = False) -> Chat:
    """A group becomes a supergroup with a new id; told in both, the old one first."""
    new = world.new_chat(old.title, supergroup=True, forum=forum)
    new.members = {key: replace(member) for key, member in old.members.items()}
    new.last_bot = old.last_bot
    world.announce(old, actor, migrate_to_chat_id=new.id)
    old.upgraded_to = new
    world.announce(new, actor, migrate_from_chat_id=old.id)
    return new
