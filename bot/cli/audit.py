"""audit: whether every entry of the log still follows from the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli import door

if TYPE_CHECKING:
    from config.settings import Settings


def audit() -> None:
    """Verify the chain of the audit log.

    Names the first broken entry, if there is one.

    Example: python -m bot audit
    """
    settings = door.settings()
    broken = door.run(_first_broken(settings), settings)
    if broken is not None:
        door.fail(f"the audit log is broken at entry {broken}: what follows it proves nothing")
    door.say("the audit log is whole")


async def _first_broken(settings: Settings) -> int | None:
    from db import audit  # noqa: PLC0415

    async with door.existing(settings) as database, database.reading() as session:
        return await audit.first_broken(session)
