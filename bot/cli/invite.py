"""invite: a link that gives a post, or links an OPD's group; for all that are missing at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import door

if TYPE_CHECKING:
    from config.settings import Settings

OF_CITY = ("coordinator", "sekda", "auditor")
OF_OPD = ("secretary", "head", "operator")
ACTING = ("plt", "plh", "pj")
GROUP = "group"

Code = Annotated[str, typer.Option("--opd", metavar="CODE", help="The OPD's code.")]
Acting = Annotated[
    str | None,
    typer.Option(metavar="|".join(ACTING), help="If the official is acting."),
]

verbs = typer.Typer(
    no_args_is_help=True,
    help="Print a link that gives a post. It is good once, for seven days.",
)


def _give_city(role: str) -> Callable[[Acting], None]:
    def invite(acting: Acting = None) -> None:
        _say(role, None, acting)

    return invite


def _give_opd(role: str) -> Callable[[Code, Acting], None]:
    def invite(opd: Code, acting: Acting = None) -> None:
        _say(role, opd, acting)

    return invite


for _role in OF_CITY:
    _help = f"The city's {_role}.\n\nExample: python -m bot invite {_role}"
    verbs.command(_role, help=_help)(_give_city(_role))
for _role in OF_OPD:
    _help = f"An OPD's {_role}.\n\nExample: python -m bot invite {_role} --opd DINKES"
    verbs.command(_role, help=_help)(_give_opd(_role))


@verbs.command(GROUP)
def group(opd: Code) -> None:
    """A link that links an OPD's group.

    Whoever opens it chooses the group; it gives no post.

    Example: python -m bot invite group --opd DINKES
    """
    _say(GROUP, opd, None)


@verbs.command("all")
def everyone(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", show_default=False)],
) -> None:
    """A workbook of all that are missing.

    For every OPD without a secretary a link, and a text ready to send.

    Example: python -m bot invite all undangan.xlsx
    """
    if file.suffix.lower() != ".xlsx":
        raise typer.BadParameter("the file's name must end in .xlsx")
    if file.exists():
        door.fail(door.TAKEN.format(file=file))
    settings = door.settings(need_token=True)
    made = door.run(make_workbook(settings, file), settings)
    door.say(f"{file}: {made} OPD without a secretary" if made else "every OPD has a secretary")


def _say(role: str, code: str | None, acting: str | None) -> None:
    """The link alone on standard output. What it is goes to standard error always, which a
    terminal shows as well and `link=$(…)` leaves alone."""
    if acting is not None and acting not in ACTING:
        raise typer.BadParameter(f"--acting: it must be {', '.join(ACTING[:-1])} or {ACTING[-1]}")
    settings = door.settings(need_token=True)
    made = door.run(make_link(settings, role, code, acting or ""), settings)
    door.say(made.link)
    until = f"{made.until.astimezone(settings.timezone):%Y-%m-%d %H:%M} {settings.timezone}"
    door.note(f"good once, until {until}: {_what(role, code, acting)}")


def _what(role: str, code: str | None, acting: str | None) -> str:
    """`whoever opens it becomes secretary (plt) of DINKES`."""
    of = f" of {code.upper()}" if code else ""
    if role == GROUP:
        return f"whoever opens it links the group{of}, and gets no post"
    return f"whoever opens it becomes {role}{f' ({acting})' if acting else ''}{of}"


@dataclass(frozen=True, slots=True)
class Made:
    link: str
    until: datetime


async def make_link(
    settings: Settings, role: str, code: str | None, acting: str, username: str = ""
) -> Made:
    """`username`: the bot's, if known; else Telegram is asked first."""
    from bot.cli.whoami import my_name  # noqa: PLC0415
    from db import chats, invitations  # noqa: PLC0415
    from db.models import Acting, Role  # noqa: PLC0415

    name = username or await my_name(settings)
    async with door.session(settings) as session:
        opd = await chats.by_code(session, code) if code else None
        if code and opd is None:
            door.fail(f"there is no OPD {code.upper()}: import opd adds it")
        post = None if role == GROUP else Role(role)
        act, of = door.act(f"invite {role}"), opd.id if opd else None
        token = await invitations.make(session, act, post, of, Acting(acting))
    link = invitations.link(name, token, "startgroup" if role == GROUP else "start")
    return Made(link, invitations.expiry(act))


async def make_workbook(settings: Settings, file: Path, username: str = "") -> int:
    """How many OPD stand in it; with none there is no file."""
    from bot import messages, workbook  # noqa: PLC0415
    from bot.cli.whoami import my_name  # noqa: PLC0415
    from db import invitations  # noqa: PLC0415

    name, act = username or await my_name(settings), door.act("invite all")
    async with door.session(settings) as session:
        made = await invitations.make_missing(session, act)
        if made:
            until = invitations.expiry(act)
            rows = messages.invitation_rows(settings, name, made, until)
            with file.open("xb") as target:
                target.write(workbook.invitations_workbook(rows))
    return len(made)
