"""Every refusal this Telegram knows, as one table; code refuses by the name of a row only."""

from typing import Any

from demo.telegram.refusals import chats, files, keyboards, profile, words
from demo.telegram.refusals.row import Row

TABLE: tuple[Row, ...] = (
    *chats.TABLE,
    *words.TABLE,
    *keyboards.TABLE,
    *files.TABLE,
    *profile.TABLE,
)
ROWS = {row.name: row for row in TABLE}


class Refused(Exception):
    """Raised by a method; becomes the body with `ok: false`. KeyError without such a row."""

    def __init__(self, name: str, parameters: dict[str, Any] | None = None, **facts: Any) -> None:
        row = ROWS[name]
        self.name, self.code, self.parameters = name, row.code, parameters
        self.description = row.text.format(**facts)
        super().__init__(self.description)
