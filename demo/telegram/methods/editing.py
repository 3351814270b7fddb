"""editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage."""

from datetime import timedelta
from typing import Any

from demo.telegram.messages import Message
from demo.telegram.methods import keyboards, words
from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused

DELETABLE = timedelta(hours=48)


def text(call: Call) -> dict[str, Any]:
    message = _own(call)
    if message.media:
        raise Refused("no_text_to_edit")
    return _change(call, message, words.of_message(call))


def caption(call: Call) -> dict[str, Any]:
    message = _own(call)
    if not message.media:
        raise Refused("no_caption_to_edit")
    return _change(call, message, words.of_caption(call))


def reply_markup(call: Call) -> dict[str, Any]:
    message = _own(call)
    return _change(call, message, (message.text, message.entities))


def delete(call: Call) -> bool:
    message = call.message("delete_not_found")
    chat = message.chat
    if message.sender is not call.bot and not _may_delete_others(call, message):
        raise Refused("delete_not_allowed")
    if chat.type != "supergroup" and call.world.clock() - message.when > DELETABLE:
        raise Refused("delete_not_allowed")
    message.deleted = True
    return True


def _may_delete_others(call: Call, message: Message) -> bool:
    chat = message.chat
    return chat.type == "private" or chat.member(call.bot).is_admin


def _own(call: Call) -> Message:
    message = call.message("edit_not_found")
    if message.sender is not call.bot or message.service:
        raise Refused("edit_not_own")
    return message


def _change(call: Call, message: Message, said: words.Words) -> dict[str, Any]:
    """Without `reply_markup` the keyboard goes."""
    keyboard = keyboards.of(call)
    if (*said, keyboard) == (message.text, message.entities, message.keyboard):
        raise Refused("not_modified")
    if said != (message.text, message.entities):
        message.earlier.append(message.text)
    message.text, message.entities = said
    message.keyboard = keyboard
    message.edited = call.world.clock()
    return message.as_json()
