"""Which methods and parameters are offered, and how each parameter is read from a request."""

import json
from typing import Any

from demo.telegram.elsewhere import ELSEWHERE
from demo.telegram.refusals import Refused

Kinds = dict[str, str]

PLACE: Kinds = {"chat_id": "str", "message_thread_id": "int"}
SENT: Kinds = PLACE | {
    "disable_notification": "bool",
    "protect_content": "bool",
    "reply_parameters": "json",
    "reply_markup": "json",
}
CAPTION: Kinds = {"caption": "str", "parse_mode": "str", "caption_entities": "json"}
WHICH: Kinds = {"chat_id": "str", "message_id": "int"}
WORDS: Kinds = {
    "text": "str",
    "parse_mode": "str",
    "entities": "json",
    "link_preview_options": "json",
}
MENU: Kinds = {"scope": "json", "language_code": "str"}
LANGUAGE: Kinds = {"language_code": "str"}

OFFERED: dict[str, Kinds] = {
    "getUpdates": {"offset": "int", "limit": "int", "timeout": "int", "allowed_updates": "json"},
    "setWebhook": {
        "url": "str",
        "allowed_updates": "json",
        "drop_pending_updates": "bool",
        "max_connections": "int",
        "secret_token": "str",
    },
    "deleteWebhook": {"drop_pending_updates": "bool"},
    "getWebhookInfo": {},
    "getMe": {},
    "sendMessage": SENT | WORDS,
    "sendPhoto": SENT | CAPTION | {"photo": "file"},
    "sendDocument": SENT | CAPTION | {"document": "file", "disable_content_type_detection": "bool"},
    "sendMediaGroup": {k: v for k, v in SENT.items() if k != "reply_markup"} | {"media": "json"},
    "sendChatAction": PLACE | {"action": "str"},
    "editMessageText": WHICH | WORDS | {"reply_markup": "json"},
    "editMessageCaption": WHICH | CAPTION | {"reply_markup": "json"},
    "editMessageReplyMarkup": WHICH | {"reply_markup": "json"},
    "deleteMessage": WHICH,
    "answerCallbackQuery": {
        "callback_query_id": "str",
        "text": "str",
        "show_alert": "bool",
        "url": "str",
        "cache_time": "int",
    },
    "getFile": {"file_id": "str"},
    "getChat": {"chat_id": "str"},
    "getChatMember": {"chat_id": "str", "user_id": "int"},
    "getChatAdministrators": {"chat_id": "str"},
    "getChatMemberCount": {"chat_id": "str"},
    "leaveChat": {"chat_id": "str"},
    "setMyCommands": MENU | {"commands": "json"},
    "getMyCommands": MENU,
    "deleteMyCommands": MENU,
    "setMyName": LANGUAGE | {"name": "str"},
    "getMyName": LANGUAGE,
    "setMyDescription": LANGUAGE | {"description": "str"},
    "getMyDescription": LANGUAGE,
    "setMyShortDescription": LANGUAGE | {"short_description": "str"},
    "getMyShortDescription": LANGUAGE,
}

CALLED = {"reply_markup": "reply keyboard markup", "scope": "BotCommandScope"}
"""What the server calls a parameter that is no JSON, where not by its name."""

NAMES = {name.lower(): name for name in OFFERED}


def name_of(method: str) -> str:
    """The method's proper name; case does not matter. Refused where it is not offered."""
    if method.lower() in NAMES:
        return NAMES[method.lower()]
    if method.lower() in ELSEWHERE:
        raise Refused("method_not_offered", method=method)
    raise Refused("unknown_method")


def read(method: str, params: dict[str, Any]) -> dict[str, Any]:
    """Parameters as JSON values; forms bring them as strings."""
    kinds = OFFERED[method]
    for name in params:
        if name not in kinds:
            raise Refused("parameter_not_offered", method=method, parameter=name)
    return {name: _value(kinds[name], name, value) for name, value in params.items()}


def _value(kind: str, name: str, value: Any) -> Any:
    if kind == "bool":
        return str(value).lower() in ("true", "1", "yes", "t", "y")
    if kind in ("str", "file"):
        return str(value)
    if not isinstance(value, str):
        return value
    try:
        return int(value) if kind == "int" else json.loads(value)
    except ValueError:
        return _unread(kind, name)


def _unread(kind: str, name: str) -> int:
    if kind == "int":
        return 0  # the server reads a number that is none as its default
    raise Refused("bad_json", what=CALLED.get(name, name.replace("_", " ")))
