"""person export, person reduce: what is kept about one person (Law 27/2022 on personal data)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import door

if TYPE_CHECKING:
    from config.settings import Settings
    from db.people import Holder


def _user_id(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 20):
        raise typer.BadParameter("it must be a Telegram id, such as 123456789")
    return int(text)


verbs = typer.Typer(help="What is kept about one person.", no_args_is_help=True)
UserId = Annotated[
    int,
    typer.Argument(
        parser=_user_id,
        metavar="USER_ID",
        help="Their Telegram id; /privasi tells it.",
    ),
]
File = Annotated[Path, typer.Argument(help="The file to make, JSON.", metavar="FILE")]
UNKNOWN = "nobody with this Telegram id is known"
HOLDS = "they hold a post: end it first, since whoever acts is named"


@verbs.command()
def export(user_id: UserId, file: File) -> None:
    """Write all that is kept about a person; never overwrites.

    Example: python -m bot person export 123456789 tono.json
    """
    settings = door.settings()
    found = door.run(_export(settings, user_id), settings)
    try:
        with file.open("x", encoding="utf-8") as made:
            json.dump(found, made, ensure_ascii=False, indent=1)
    except FileExistsError:
        door.fail(door.TAKEN.format(file=file))
    door.say(f"{file}: {sum(map(len, found.values()))} rows")


@verbs.command()
def reduce(user_id: UserId) -> None:
    """Put the last post in the place of a person's name, wherever it is shown.

    Of one who holds no post any more. The audit log names nobody, and stays whole.

    Example: python -m bot person reduce 123456789
    """
    settings = door.settings()
    door.say(f"shown from now on as: {door.run(_reduce(settings, user_id), settings)}")


async def _export(settings: Settings, user_id: int) -> dict[str, list[Any]]:
    from db import privacy  # noqa: PLC0415

    async with door.existing(settings) as database, database.reading() as session:
        try:
            return await privacy.export(session, user_id)
        except privacy.NobodyKnown:
            door.fail(UNKNOWN)


async def _reduce(settings: Settings, user_id: int) -> str:
    from db import people, privacy  # noqa: PLC0415

    async with door.session(settings) as session:
        posts = await people.all_tenures_of(session, user_id)
        instead = _post(posts[-1]) if posts else "-"
        try:
            await privacy.reduce(session, door.act("person reduce"), user_id, instead)
        except privacy.NobodyKnown:
            door.fail(UNKNOWN)
        except privacy.HoldsPost:
            door.fail(HOLDS)
    return instead


def _post(last: Holder) -> str:
    """`Sekretaris Dinas Kesehatan (sampai 2026)`."""
    from bot import words  # noqa: PLC0415

    until = f" (sampai {last.ended_at.year})" if last.ended_at else ""
    return words.duty(last.role, last.opd, last.acting) + until
