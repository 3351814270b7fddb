"""invite: a link that gives a post, or links an OPD's group; for all that are missing at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.cli import door

if TYPE_CHECKING:
    from config.settings import Settings

OF_CITY = ("coordinator", "sekda", "auditor")
OF_OPD = ("secretary", "head", "operator")
GROUP = "group"

Code = Annotated[str, typer.Option("--opd", metavar="CODE", help="The OPD's code.")]
Acting = Annotated[
    Literal["plt", "plh", "pj"] | None, typer.Option(help="If the official is acting.")
]

verbs = typer.Typer(
    no_args_is_help=True,
    help="Print a link that gives a post. It is good once, for seven days.",
)


def _give_city(role: str) -> Callable[[Acting], None]:
    def invite(acting: Acting = None) -> None:
        door.say(_link(role, None, acting or ""))

    return invite


def _give_opd(role: str) -> Callable[[Code, Acting], None]:
    def invite(opd: Code, acting: Acting = None) -> None:
        door.say(_link(role, opd, acting or ""))

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
    door.say(_link(GROUP, opd, ""))


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
        door.fail(f"{file} is there already: its links may have been sent")
    settings = door.settings(need_token=True)
    made = door.run(make_workbook(settings, file), settings)
    door.say(f"{file}: {made} OPD without a secretary" if made else "every OPD has a secretary")


def _link(role: str, code: str | None, acting: str) -> str:
    settings = door.settings(need_token=True)
    return door.run(make_link(settings, role, code, acting), settings)


async def make_link(
    settings: Settings, role: str, code: str | None, acting: str, username: str = ""
) -> str:
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
    return invitations.link(name, token, "startgroup" if role == GROUP else "start")


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
