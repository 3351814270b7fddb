"""sendMessage, sendPhoto, sendDocument, sendMediaGroup, sendChatAction."""

from typing import Any

from demo.telegram.chats import Chat, Topic
from demo.telegram.files import File
from demo.telegram.messages import Message
from demo.telegram.methods import files, keyboards, words
from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused

ACTIONS = (
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note", "cancel",
)  # fmt: skip


def message(call: Call) -> dict[str, Any]:
    return _post(_draft(call, words.of_message(call)), "text messages").as_json()


def photo(call: Call) -> dict[str, Any]:
    file = files.of(call, "photo", call.text("photo"))
    return _post(_draft(call, words.of_caption(call), file), "photos").as_json()


def document(call: Call) -> dict[str, Any]:
    file = files.of(call, "document", call.text("document"))
    return _post(_draft(call, words.of_caption(call), file), "documents").as_json()


def media_group(call: Call) -> list[dict[str, Any]]:
    """All of them or none."""
    items = _items(call)
    what = f"{items[0]['type']}s"
    album = call.world.take_album()
    drafts = [_draft(*_item(call, item), album) for item in items]
    return [_post(draft, what).as_json() for draft in drafts]


def chat_action(call: Call) -> bool:
    if call.text("action") not in ACTIONS:
        raise Refused("action")
    chat = call.chat()
    _topic(call, chat)
    call.bot.actions.append((chat.id, call.text("action")))
    return True


def _items(call: Call) -> list[dict[str, Any]]:
    items = call.args.get("media") or []
    if not items:
        raise Refused("album_empty")
    if not all(isinstance(item, dict) for item in items):
        raise Refused("album_item", why="expected an Object")
    if len(items) == 1:
        raise Refused("album_of_one")
    if len(items) > 10:
        raise Refused("album_too_many")
    kinds = sorted({str(item.get("type")) for item in items})
    if kinds not in (["photo"], ["document"]):
        raise Refused("album_kind_not_offered", kinds=" and ".join(kinds))
    return items


def _item(call: Call, item: dict[str, Any]) -> tuple[Call, words.Words, File]:
    one = Call(call.world, call.bot, call.method, call.args | item, call.files)
    if not item.get("media"):
        raise Refused("album_item", why="media not found")
    file = files.of(one, str(item["type"]), str(item["media"]))
    return one, words.of_caption(one), file


def _draft(
    call: Call, said: words.Words, media: File | None = None, album: str = ""
) -> tuple[Call, Message]:
    """The message, its place found: chat, reply, topic, in the order of the server's checks."""
    keyboard = keyboards.of(call)
    chat = call.chat()
    reply_to = _reply_to(call, chat)
    topic = _topic(call, chat)
    draft = Message(0, chat, call.bot, call.world.clock(), *said)
    draft.keyboard, draft.forced_reply = keyboard, keyboards.forced_reply(call)
    draft.reply_to, draft.topic = reply_to, topic
    draft.media, draft.album = media, album
    draft.silent = bool(call.args.get("disable_notification"))
    return call, draft


def _post(draft: tuple[Call, Message], what: str) -> Message:
    call, message = draft
    _must_be_open(call, message, what)
    said = (message.text, message.entities)
    if message.media:
        words.measure(said, words.CAPTION, "caption_too_long")
    else:
        words.measure(said, words.MESSAGE, "text_too_long")
    call.world.keep_limits(call.bot, message.chat)
    message.id = message.chat.take_id()
    message.chat.last_bot = call.bot
    call.world.show(message)
    return message


def _topic(call: Call, chat: Chat) -> Topic | None:
    """Topics are for forums; the General one is addressed by leaving it out."""
    number = call.number("message_thread_id")
    if number == 0:
        return None
    topic = chat.topics.get(number)
    if topic and chat.is_forum and not topic.deleted:
        return topic
    first = chat.message(number)
    replied = any(b.reply_to is first for b in chat.bubbles) if first and not topic else False
    raise Refused("thread_no_topic" if replied and not chat.is_forum else "topic_not_found")


def _reply_to(call: Call, chat: Chat) -> Message | None:
    wanted = call.args.get("reply_parameters")
    if not wanted:
        return None
    if unknown := set(wanted) - {"message_id", "chat_id", "allow_sending_without_reply"}:
        raise Refused("parameter_not_offered", method=call.method, parameter=min(unknown))
    if "message_id" not in wanted:
        raise Refused("reply_without_id")
    if str(wanted.get("chat_id", chat.id)) != str(chat.id):
        raise Refused("reply_elsewhere_not_offered")
    found = chat.message(int(wanted["message_id"]))
    if found is None and int(wanted["message_id"]) and not _may_lack(wanted):
        raise Refused("reply_not_found")
    return found


def _may_lack(wanted: dict[str, Any]) -> bool:
    return bool(wanted.get("allow_sending_without_reply"))


def _must_be_open(call: Call, message: Message, what: str) -> None:
    chat, member = message.chat, message.chat.member(call.bot)
    if chat.type == "private" or member.is_admin:
        return
    if not (member.can_send and chat.can_send):
        raise Refused("no_right_to_send", what=what)
    closed = message.topic.closed if message.topic else chat.is_forum and chat.general_closed
    if closed:
        raise Refused("topic_closed")
