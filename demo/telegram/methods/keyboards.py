"""What may hang under a message: inline keyboards, as strict as the server."""

from typing import Any
from urllib.parse import urlsplit

from demo.telegram.messages import Button, Keyboard
from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused

STYLES = ("primary", "success", "danger")
KNOWN = {"text", "callback_data", "url", "style"}


def of(call: Call) -> Keyboard:
    """The rows of buttons; none where `reply_markup` is missing or of another kind."""
    markup = call.args.get("reply_markup") or {}
    if not isinstance(markup, dict):
        raise Refused("markup_no_object")
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Refused("keyboard_no_rows")
    keyboard = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, keyboard)) > 100 or any(len(row) > 8 for row in keyboard):
        raise Refused("keyboard_too_big")
    return keyboard


def forced_reply(call: Call) -> dict[str, Any]:
    """ForceReply: the client opens a reply to this message."""
    markup = call.args.get("reply_markup") or {}
    return markup if markup.get("force_reply") else {}


def _button(button: Any) -> Button:
    if not isinstance(button, dict):
        raise Refused("button_no_object")
    if not str(button.get("text", "")).strip():
        raise Refused("button_text_empty")
    if strange := set(button) - KNOWN:
        raise Refused("button_kind_not_offered", kind=min(strange))
    if button.get("style", "primary") not in STYLES:
        raise Refused("button_style_invalid")
    if "url" in button:
        return _checked_url(button)
    if "callback_data" not in button:
        raise Refused("button_without_purpose")
    if not 1 <= len(str(button["callback_data"]).encode()) <= 64:
        raise Refused("button_data_invalid")
    return button


def _checked_url(button: Button) -> Button:
    url = button["url"]
    address = urlsplit(url if "://" in url else f"http://{url}")
    if address.scheme not in ("http", "https", "tg", "ton", "tonsite"):
        raise Refused("url_protocol", url=url)
    if address.scheme.startswith("http") and "." not in (address.hostname or ""):
        raise Refused("url_host", url=url)
    return button
