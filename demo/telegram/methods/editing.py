"""editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage."""

from datetime import timedelta
from typing import Any

from demo.telegram.messages import Message
from demo.telegram.methods import keyboards, words
from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused

DELETABLE = timedelta(hours=48)


def text(call: Call) -> dict[str, Any]:
    said = words.of_message(call)
    message = _own(call)
    if message.media:
        raise Refused("no_text_to_edit")
    words.measure(said, words.MESSAGE, "edited_text_too_long")
    return _change(call, message, said)


def caption(call: Call) -> dict[str, Any]:
    said = words.of_caption(call)
    message = _own(call)
    if not message.media:
        raise Refused("no_caption_to_edit")
    words.measure(said, words.CAPTION, "edited_caption_too_long")
    return _change(call, message, said)


def reply_markup(call: Call) -> dict[str, Any]:
    message = _own(call)
    return _change(call, message, (message.text, message.entities))


def delete(call: Call) -> bool:
    message = call.message("delete_not_found")
    chat = message.chat
    own = message.sender is call.bot
    if not own and chat.type != "private" and not chat.member(call.bot).is_admin:
        raise Refused("delete_not_allowed")
    if chat.type != "supergroup" and call.world.clock() - message.when > DELETABLE:
        raise Refused("delete_too_old")
    message.deleted = True
    return True


def _own(call: Call) -> Message:
    if not call.text("chat_id") and not call.number("message_id"):
        raise Refused("message_id_missing")
    message = call.message("edit_not_found")
    if message.sender is not call.bot or message.service:
        raise Refused("edit_not_own")
    return message


def _change(call: Call, message: Message, said: words.Words) -> dict[str, Any]:
    """Without `reply_markup` the keyboard goes."""
    keyboard = keyboards.of(call)
    if keyboards.forced_reply(call):
        raise Refused("inline_keyboard_expected")
    same_words = said == (message.text, message.entities)
    if same_words and keyboard == message.keyboard:
        raise Refused("not_modified")
    if not same_words:
        message.earlier.append(message.text)
    message.text, message.entities = said
    message.keyboard = keyboard
    message.edited = call.world.clock()
    return message.as_json()
