"""Unwrap an Update: who speaks, where, and what was said or became of the chat."""

from __future__ import annotations

import mimetypes
import unicodedata
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from telegram import ChatMember, Message, Update, User

from bot.attachment import Attachment
from bot.buttons import Card, Page
from bot.context import Desk, Place, Speaker
from db.act import Act

LONGEST = 80  # characters of a file's name
NAMELESS = {  # users of the Bot API behind whom there may be anybody
    1087968824,  # GroupAnonymousBot: every anonymous admin
    136817688,  # Channel_Bot: whoever speaks as a channel
    777000,  # Telegram: what a linked channel posts
}


def place(update: Update) -> Place:
    chat, message = update.effective_chat, update.effective_message
    assert chat, "routes.py lets only messages, presses and memberships through"
    topic = message.message_thread_id if message and message.is_topic_message else None
    return Place(chat.id, topic or 0, chat.title or "", chat.type == chat.PRIVATE)


def card(update: Update) -> int:
    """The message with an item's card on which this was pressed: the one kind whose buttons act
    on an item and lead back to a page of its list. 0: it was none."""
    query = update.callback_query
    shown = query.message if query and isinstance(query.message, Message) else None
    if shown is None or shown.reply_markup is None:
        return 0
    data = [b.callback_data for line in shown.reply_markup.inline_keyboard for b in line]
    words = {str(one or "").partition(":")[0] for one in data}
    return shown.message_id if Page.WORD in words and Card.WORD not in words else 0


def speaker(update: Update) -> Speaker:
    user = update.effective_user
    assert user, "routes.py lets only people through"
    return Speaker(user.id, name(user), is_anonymous=user.id in NAMELESS)


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


def attachment(update: Update, desk: Desk) -> Attachment | None:
    """The file of a message, or of the one that it replies to (of an album, that piece alone); a
    press brings none."""
    message = None if update.callback_query else update.effective_message
    if message is None:
        return None
    zone, answered = desk.settings.timezone, message.reply_to_message
    if file := _file(message, zone):
        return replace(file, album=message.media_group_id or "")
    return _file(answered, zone) if answered else None


def _file(message: Message, zone: ZoneInfo) -> Attachment | None:
    if message.photo:
        largest = message.photo[-1]
        taken = message.date.astimezone(zone)
        named = f"foto-{taken:%Y%m%d-%H%M}-{message.message_id}.jpg"
        return Attachment(largest.file_id, named, largest.file_size or 0)
    file = message.document or message.video or message.audio or message.voice or message.video_note
    if file is None:
        return None
    ending = mimetypes.guess_extension(getattr(file, "mime_type", None) or "") or ""
    named = _clean(getattr(file, "file_name", None) or "") or f"berkas-{message.message_id}{ending}"
    return Attachment(file.file_id, named, file.file_size or 0)


def _clean(file_name: str) -> str:
    """Without what cannot be seen or turns the direction of writing; its ending stays."""
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in file_name)
    stem, dot, ending = " ".join(seen.split()).rpartition(".")
    return f"{stem[:LONGEST]}{dot}{ending[:LONGEST]}"


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
