"""check: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.cli import door

if TYPE_CHECKING:
    from bot.checks.finding import Finding
    from bot.cli.parts import Part
    from config.settings import Settings


def check() -> None:
    """What is wrong with this installation.

    And how to mend it. Exit code 1 if something cannot work; hints do not count.

    Example: python -m bot check
    """
    from bot.checks.finding import Kind  # noqa: PLC0415
    from bot.cli.parts import PARTS  # noqa: PLC0415

    settings = door.settings()
    kinds = [one.kind for name, part in PARTS.items() for one in _told(name, part, settings)]
    problems, hints = kinds.count(Kind.PROBLEM), kinds.count(Kind.HINT)
    door.say(f"\n{_counted(problems, 'problem')}, {_counted(hints, 'hint')}")
    if problems:
        raise SystemExit(1)


def _told(name: str, part: Part, settings: Settings) -> list[Finding]:
    """Each part is said as soon as it is known: Telegram may let us wait."""
    from bot.cli.findings import line  # noqa: PLC0415
    from bot.cli.parts import tried  # noqa: PLC0415

    found = door.run(tried(part, settings, lambda: datetime.now(UTC)), settings)
    if found:
        door.say(f"\n{name}")
    for finding in found:
        door.say(f"{finding.kind.value:<7}  {line(finding, settings.timezone)}")
    return found


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
