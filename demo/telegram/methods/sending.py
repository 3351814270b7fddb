"""sendMessage, sendPhoto, sendDocument, sendMediaGroup, sendChatAction."""

from typing import Any

from demo.telegram.chats import Chat, Topic
from demo.telegram.entities import Entity
from demo.telegram.files import File
from demo.telegram.messages import Message
from demo.telegram.methods import keyboards, words
from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused

ACTIONS = (
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
)  # fmt: skip


def message(call: Call) -> dict[str, Any]:
    text, entities = words.of_message(call)
    return _send(call, "text messages", text, entities).as_json()


def photo(call: Call) -> dict[str, Any]:
    text, entities = words.of_caption(call)
    return _send(call, "photos", text, entities, _file(call, "photo")).as_json()


def document(call: Call) -> dict[str, Any]:
    text, entities = words.of_caption(call)
    return _send(call, "documents", text, entities, _file(call, "document")).as_json()


def media_group(call: Call) -> list[dict[str, Any]]:
    media = call.args.get("media")
    if not isinstance(media, list) or not 2 <= len(media) <= 10:
        raise Refused("album_size")
    if not all(isinstance(item, dict) for item in media):
        raise Refused("bad_json", parameter="media")
    if {item.get("type") for item in media} not in ({"photo"}, {"document"}):
        raise Refused("album_kind_not_offered")
    album = call.world.take_album()
    return [_item(call, item, album).as_json() for item in media]


def chat_action(call: Call) -> bool:
    chat = call.chat()
    if call.text("action") not in ACTIONS:
        raise Refused("action_invalid")
    _topic(call, chat)
    call.bot.actions.append((chat.id, call.text("action")))
    return True


def _item(call: Call, item: dict[str, Any], album: str) -> Message:
    kind = item["type"]
    one = Call(call.world, call.bot, call.method, call.args | item, call.files)
    text, entities = words.of_caption(one)
    file = _file(Call(call.world, call.bot, "", {kind: item.get("media", "")}, call.files), kind)
    return _send(call, f"{kind}s", text, entities, file, album)


def _send(
    call: Call,
    what: str,
    text: str,
    entities: list[Entity],
    media: File | None = None,
    album: str = "",
) -> Message:
    chat = call.chat()
    keyboard = keyboards.of(call)
    topic = _topic(call, chat)
    reply_to = _reply_to(call, chat)
    _must_be_open(call, chat, topic, what)
    call.world.keep_limits(call.bot, chat)
    sent = Message(chat.take_id(), chat, call.bot, call.world.clock(), text, entities)
    sent.keyboard, sent.forced_reply = keyboard, keyboards.forced_reply(call)
    sent.topic, sent.reply_to, sent.media, sent.album = topic, reply_to, media, album
    sent.silent = bool(call.args.get("disable_notification"))
    chat.last_bot = call.bot
    call.world.show(sent)
    return sent


def _topic(call: Call, chat: Chat) -> Topic | None:
    """Topics are for forums; the General one is addressed by leaving it out."""
    number = call.number("message_thread_id")
    if number == 0:
        return None
    topic = chat.topics.get(number)
    if topic is None or topic.deleted:
        raise Refused("topic_not_found")
    return topic


def _reply_to(call: Call, chat: Chat) -> Message | None:
    wanted = call.args.get("reply_parameters") or {}
    if not wanted:
        return None
    if unknown := set(wanted) - {"message_id", "chat_id", "allow_sending_without_reply"}:
        raise Refused("parameter_not_offered", method=call.method, parameter=min(unknown))
    if str(wanted.get("chat_id", chat.id)) != str(chat.id):
        raise Refused("reply_elsewhere_not_offered")
    found = chat.message(int(wanted.get("message_id", 0)))
    if found is None and not wanted.get("allow_sending_without_reply"):
        raise Refused("reply_not_found")
    return found


def _must_be_open(call: Call, chat: Chat, topic: Topic | None, what: str) -> None:
    member = chat.member(call.bot)
    if chat.type != "private" and not member.is_admin:
        if not (member.can_send and chat.can_send):
            raise Refused("no_right_to_send", what=what)
        if topic and topic.closed:
            raise Refused("topic_closed")


def _file(call: Call, kind: str) -> File:
    """An uploaded part, `attach://part`, or the id of a file that is there already."""
    given = call.text(kind)
    part = given.removeprefix("attach://") if given.startswith("attach://") else kind
    if part in call.files:
        name, data = call.files[part]
        return _kept(call, kind, name, data)
    if not given:
        raise Refused("no_file", kind=kind)
    if given.startswith(("http://", "https://")):
        raise Refused("file_by_url_not_offered")
    file = call.world.files.by_id.get(given)
    if file is None:
        raise Refused("file_id_wrong")
    if file.kind != kind:
        raise Refused("file_of_other_kind", there=file.kind.capitalize(), kind=kind.capitalize())
    return file


def _kept(call: Call, kind: str, name: str, data: bytes) -> File:
    if not data:
        raise Refused("file_empty")
    if len(data) > (10 if kind == "photo" else 50) * 1024 * 1024:
        raise Refused("file_too_big_to_send")
    return call.world.files.keep(kind, data, name)
