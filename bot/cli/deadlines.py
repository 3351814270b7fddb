"""A deadline on the command line or in a file, read as the chat reads it."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.settings import Settings
    from db.load.checklist_rows import ReadDue


def reader(settings: Settings) -> ReadDue:
    from db.due import Due  # noqa: PLC0415

    zone = settings.timezone

    def read(text: str) -> Due:
        for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
            try:
                day = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007
            except ValueError:
                continue
            return Due(datetime.combine(day, time(23, 59), zone), zone.key)
        raise ValueError("write it like 30/9/2026 or 2026-09-30")

    return read
