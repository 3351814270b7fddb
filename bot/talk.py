"""Unwrap an Update: who speaks, where, and what was said or became of the chat."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import ChatMember, Message, Update, User

from bot.context import Desk, Place, Speaker
from db.act import Act

ANONYMOUS = 1087968824  # GroupAnonymousBot: every anonymous admin arrives as it


def place(update: Update) -> Place:
    chat, message = update.effective_chat, update.effective_message
    assert chat, "routes.py lets only messages, presses and memberships through"
    topic = message.message_thread_id if message and message.is_topic_message else None
    return Place(chat.id, topic or 0, chat.title or "", chat.type == chat.PRIVATE)


def speaker(update: Update) -> Speaker:
    user = update.effective_user
    assert user, "routes.py lets only people through"
    return Speaker(user.id, name(user), is_anonymous=user.id == ANONYMOUS)


def name(user: User) -> str:
    return user.full_name.strip()[:100] or str(user.id)


def act(update: Update, desk: Desk) -> Act:
    """A press counts from when it was received, a message from when it was sent."""
    user = update.effective_user
    assert user
    if query := update.callback_query:
        where = _where(query.message) if isinstance(query.message, Message) else ""
        return Act(desk.now(), f"press:{where}:{query.id}", user.id)
    if member := update.my_chat_member:
        status = member.new_chat_member.status
        source = f"member:{member.chat.id}:{member.date:%Y%m%dT%H%M%S}:{status}"
        return Act(member.date, source, user.id)
    message = update.effective_message
    if message is None:
        return Act(desk.now(), f"update:{update.update_id}", user.id)
    return Act(message.date, f"message:{_where(message)}", user.id)


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody said that is no command to the letter. `text`: of a file, its caption."""

    text: str
    is_private: bool
    has_file: bool
    is_in_album: bool


@dataclass(frozen=True, slots=True)
class Membership:
    """What became of the bot in a chat."""

    was_inside: bool
    is_inside: bool
    may_speak: bool


@dataclass(frozen=True, slots=True)
class Migration:
    """A group became a supergroup."""

    old: int
    new: int


def remark(update: Update) -> Remark:
    message = update.effective_message
    assert message, "routes.py lets only messages through"
    return Remark(
        text=(message.text or message.caption or "").strip(),
        is_private=message.chat.type == message.chat.PRIVATE,
        has_file=bool(message.effective_attachment),
        is_in_album=bool(message.media_group_id),
    )


def membership(update: Update) -> Membership:
    change = update.my_chat_member
    assert change, "routes.py lets only memberships through"
    was, now = change.old_chat_member, change.new_chat_member
    return Membership(_is_inside(was), _is_inside(now), getattr(now, "can_send_messages", True))


def migration(update: Update) -> Migration:
    """It is told in the old chat, and in the new one."""
    message = update.effective_message
    assert message, "routes.py lets only service messages through"
    if message.migrate_to_chat_id:
        return Migration(message.chat_id, message.migrate_to_chat_id)
    assert message.migrate_from_chat_id
    return Migration(message.migrate_from_chat_id, message.chat_id)


def _is_inside(member: ChatMember) -> bool:
    return member.status not in {ChatMember.LEFT, ChatMember.BANNED} and getattr(
        member, "is_member", True
    )


def _where(message: Message) -> str:
    return f"{message.chat_id}:{message.message_id}"
