"""Links into Telegram: t.me/bot?start=payload and t.me/bot?startgroup=payload."""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Link(NamedTuple):
    """`kind` is "start" or "startgroup"; `payload` may be empty."""

    username: str
    kind: str
    payload: str


def read(url: str) -> Link:
    """ValueError where Telegram's app would open nothing."""
    address = urlsplit(url if "://" in url else f"https://{url}")
    if address.hostname not in ("t.me", "telegram.me", "telegram.dog"):
        raise ValueError(f"no link into Telegram: {url}")
    given = parse_qs(address.query, keep_blank_values=True)
    kind = "startgroup" if "startgroup" in given else "start"
    payload = given.get(kind, [""])[0]
    if payload and not PAYLOAD.fullmatch(payload):
        raise ValueError(f"a payload is 1 to 64 of A-Z a-z 0-9 _ -: {payload!r}")
    return Link(address.path.strip("/"), kind, payload)
