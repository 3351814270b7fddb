"""audit: whether every entry of the log still follows from the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import door

if TYPE_CHECKING:
    from config.settings import Settings
    from db.audit import Chain

NOTED = typer.Option(
    metavar="NUMBER:HASH",
    help="what an earlier run printed: entries removed from the end are noticed by nothing else",
)


def audit(noted: Annotated[str, NOTED] = "") -> None:
    """Verify the chain of the audit log.

    Names the first broken entry, if there is one; else prints the number of the last entry and its
    hash. Keep that line elsewhere, and compare.

    Example: python -m bot audit --noted 912:5ad1c8e09b7f
    """
    number, begins = _read(noted)
    settings = door.settings()
    chain = door.run(_verified(settings, number), settings)
    if chain.broken:
        entry, why = chain.broken.entry, chain.broken.why
        door.fail(
            f"the audit log is broken at entry {entry} ({why}): what follows it proves nothing"
        )
    if noted and not chain.noted.startswith(begins):
        door.fail(_another(chain, number, settings))
    door.say(f"the audit log is whole: {chain.count} entries, the last {chain.count}:{chain.head}")


def _another(chain: Chain, number: int, settings: Settings) -> str:
    """A restore that is recorded explains it, if it was one and came after the note: whoever
    noted knows that, we cannot."""
    had = f"it has another hash, {chain.noted}" if chain.noted else "it is gone"
    if chain.rewound is None:
        return f"the audit log is not the one that entry {number} was noted of: {had}"
    on = f"{chain.rewound.at.astimezone(settings.timezone):%Y-%m-%d %H:%M} {settings.timezone}"
    return (
        f"the audit log is whole, but goes on from an older backup than entry {number} that you "
        f"noted ({had}): a restore on {on} is recorded, entry {chain.rewound.entry}; if you know "
        f"of it and noted that line before it, note the last entry anew, "
        f"{chain.count}:{chain.head}; else the log was changed"
    )


def _read(noted: str) -> tuple[int, str]:
    number, _, begins = noted.partition(":")
    if noted and not (number.isdecimal() and len(begins) >= 8):
        raise typer.BadParameter("the number of an entry, a colon, and its hash or its beginning")
    return int(number or 0), begins.lower()


async def _verified(settings: Settings, noted: int) -> Chain:
    from db import audit  # noqa: PLC0415

    async with door.existing(settings) as database, database.reading() as session:
        return await audit.verify(session, noted)
