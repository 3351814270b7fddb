"""The Bot API: every method that is offered, and the one way a call is answered."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from demo.telegram import parameters
from demo.telegram.methods import chats, editing, files, pressing, profile, receiving, sending
from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused

if TYPE_CHECKING:
    from demo.telegram.bots import Bot
    from demo.telegram.scene import Scene

METHODS: dict[str, Callable[[Call], Any]] = {
    "getUpdates": receiving.updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.webhook_info,
    "getMe": profile.me,
    "sendMessage": sending.message,
    "sendPhoto": sending.photo,
    "sendDocument": sending.document,
    "sendMediaGroup": sending.media_group,
    "sendChatAction": sending.chat_action,
    "editMessageText": editing.text,
    "editMessageCaption": editing.caption,
    "editMessageReplyMarkup": editing.reply_markup,
    "deleteMessage": editing.delete,
    "answerCallbackQuery": pressing.answer,
    "getFile": files.get,
    "getChat": chats.chat,
    "getChatMember": chats.member,
    "getChatAdministrators": chats.administrators,
    "getChatMemberCount": chats.member_count,
    "leaveChat": chats.leave,
    "setMyCommands": profile.set_commands,
    "getMyCommands": profile.get_commands,
    "deleteMyCommands": profile.delete_commands,
    "setMyName": profile.set_name,
    "getMyName": profile.get_name,
    "setMyDescription": profile.set_description,
    "getMyDescription": profile.get_description,
    "setMyShortDescription": profile.set_short_description,
    "getMyShortDescription": profile.get_short_description,
}


async def answer(
    world: Scene, bot: Bot, method: str, params: dict[str, Any], files: dict[str, Any]
) -> tuple[int, dict[str, Any]]:
    """(HTTP code, body), as the Bot API answers."""
    try:
        name = parameters.name_of(method)
        result = METHODS[name](Call(world, bot, name, parameters.read(name, params), files))
        if inspect.isawaitable(result):
            result = await result
    except Refused as refused:
        return refused.code, refusal(refused)
    return 200, {"ok": True, "result": result}


def refusal(refused: Refused) -> dict[str, Any]:
    body = {"ok": False, "error_code": refused.code, "description": refused.description}
    return body | ({"parameters": refused.parameters} if refused.parameters else {})
