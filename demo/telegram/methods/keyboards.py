"""What may hang under a message: inline keyboards, as strict as the server."""

import json
from typing import Any
from urllib.parse import urlsplit

from demo.telegram.messages import Button, Keyboard
from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused

STYLES = ("primary", "success", "danger")
KNOWN = {"text", "callback_data", "url", "style"}
SCHEMES = ("http", "https", "tg", "ton", "tonsite")
MOST, MOST_IN_A_ROW, MOST_BYTES, MOST_DATA = 100, 8, 10 * 1024, 64


def of(call: Call) -> Keyboard:
    """The rows of buttons; none where `reply_markup` is missing or asks for a reply."""
    markup = call.args.get("reply_markup")
    if markup is None:
        return []
    if not isinstance(markup, dict):
        raise Refused("markup_no_object")
    if other := set(markup) & {"keyboard", "remove_keyboard"}:
        raise Refused("markup_not_offered", kind=min(other))
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list):
        raise Refused("keyboard_no_array")
    if not all(isinstance(row, list) for row in rows):
        raise Refused("keyboard_no_rows")
    keyboard = [[_button(button) for button in row] for row in rows if row]
    _must_fit(keyboard)
    return keyboard


def forced_reply(call: Call) -> dict[str, Any]:
    """ForceReply: the apps open a reply to this message."""
    markup = call.args.get("reply_markup") or {}
    return markup if markup.get("force_reply") else {}


def _must_fit(keyboard: Keyboard) -> None:
    count = sum(map(len, keyboard))
    if count > MOST:
        raise Refused("keyboard_too_many", count=count)
    for row in keyboard:
        if len(row) > MOST_IN_A_ROW:
            raise Refused("keyboard_row_too_long", count=len(row))
    if len(json.dumps(keyboard, ensure_ascii=False).encode()) > MOST_BYTES:
        raise Refused("markup_too_long")


def _button(button: Any) -> Button:
    if not isinstance(button, dict):
        raise Refused("button_no_object")
    if "text" not in button:
        raise Refused("button_text_missing")
    if not str(button["text"]).strip():
        raise Refused("button_text_empty")
    if strange := set(button) - KNOWN:
        raise Refused("button_kind_not_offered", kind=min(strange))
    if button.get("style", "primary") not in STYLES:
        raise Refused("button_style", style=button["style"])
    if button.get("url"):
        _must_open(str(button["url"]))
    elif not button.get("callback_data"):
        raise Refused("button_without_purpose")
    elif len(str(button["callback_data"]).encode()) > MOST_DATA:
        raise Refused("button_data")
    return button


def _must_open(url: str) -> None:
    address = urlsplit(url if "://" in url else f"http://{url}")
    if address.scheme not in SCHEMES:
        raise Refused("button_url_protocol", url=url)
    if address.scheme.startswith("http") and "." not in (address.hostname or ""):
        raise Refused("button_url", url=url)
