"""check: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.cli import door

if TYPE_CHECKING:
    from bot.cli.findings import Finding
    from config.settings import Settings

Part = Callable[["Settings"], Awaitable["list[Finding]"]]


def check() -> None:
    """What is wrong with this installation.

    And how to mend it. Exit code 1 if something cannot work; hints do not count.

    Example: python -m bot check
    """
    from bot.cli.findings import PARTS, Kind  # noqa: PLC0415

    settings = door.settings()
    found = [finding for part in PARTS for finding in _said(part, settings)]
    if any(finding.kind is Kind.PROBLEM for finding in found):
        raise SystemExit(1)


def _said(part: Part, settings: Settings) -> list[Finding]:
    """Each part is said as soon as it is known: Telegram may let us wait."""
    found = door.run(_tried(part, settings), settings)
    for finding in found:
        door.say(f"{finding.kind.value:<7}  {finding.text}")
    return found


async def _tried(part: Part, settings: Settings) -> list[Finding]:
    """What keeps us from looking is a finding, too."""
    from bot.cli.failures import sentence  # noqa: PLC0415
    from bot.cli.findings import problem  # noqa: PLC0415

    try:
        return await part(settings)
    except Exception as wrong:
        return [problem(sentence(wrong, settings))]
