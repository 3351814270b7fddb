"""A row of the table of refusals, and where it was verified."""

from typing import NamedTuple

DOCS = "Bot API docs: "
SERVER = "tdlib/telegram-bot-api Client.cpp "
TD = "tdlib/td "
LIVE = "observed: a public suite run against the real server, sendMessage "
SEEN = "observed: the text is matched in many public repositories"
PTB = "python-telegram-bot telegram/request/_baserequest.py"
OTHER = "as another public emulation of the Bot API answers"
INFERRED = "inferred"
OURS = "make-believe only: "

BAD = "Bad Request: "
CANT = "Bad Request: can't parse entities: "
NOT_HERE = "Make-believe Telegram: "


class Row(NamedTuple):
    """`text` may hold {facts}; `source` says how far it was verified."""

    name: str
    methods: str
    condition: str
    code: int
    text: str
    source: str
