"""What is said about instructions: the preview, the OPD's message, and who acknowledged it."""

from __future__ import annotations

from collections.abc import Sequence

from bot import words
from bot.context import Desk
from db.chats import OpdFacts
from db.due import Due
from db.reports.bundles import BundleFacts
from db.reports.instructions import Response, Sent, Told


def instruction_preview(
    desk: Desk,
    codes: Sequence[str],
    everyone: int,
    text: str,
    due: Due,
    title: str,
    file: str,
    unheard: Sequence[str],
) -> str:
    """`everyone`: how many OPD the city has; `unheard`: the OPD in which nobody can be told.
    `title`: of the item that it creates, `file`: what goes along, if any."""
    return words.render(
        "instruction_preview",
        codes=codes,
        everyone=everyone,
        text=text,
        due=due,
        title=title,
        file=file,
        unheard=unheard,
        zone=desk.settings.timezone,
    )


def instruction(desk: Desk, opd: OpdFacts, told: Told) -> str:
    """To the OPD; with its response once somebody there has pressed ✋."""
    zone = desk.settings.timezone
    at = told.response and told.response.at.astimezone(zone)
    return words.render("instruction", opd=opd, told=told, at=at, zone=zone)


def instruction_file(instruction: int) -> str:
    """Under the file itself."""
    return words.render("instruction_file", instruction=instruction)


def acknowledged_before(desk: Desk, response: Response) -> str:
    """To whoever presses ✋ after somebody else of the OPD."""
    at = response.at.astimezone(desk.settings.timezone)
    return words.render("acknowledged_before", by=response.by, at=at)


def instruction_sent(
    desk: Desk, sent: Sent, everyone: int, bundle: BundleFacts | None, unheard: Sequence[str]
) -> str:
    """To its author. `unheard`: the OPD in which nobody can be told."""
    zone = desk.settings.timezone
    return words.render(
        "instruction_sent",
        sent=sent,
        everyone=everyone,
        bundle=bundle,
        unheard=unheard,
        at=sent.made_at.astimezone(zone),
        zone=zone,
    )
