"""The bot's own command line, with a shifted clock and a place inside where it kills itself.

CLOCK_SHIFT: seconds added to every moment. DIE_AT: `place:n`, the n-th time it comes there (how
often it came by, it says in the end). Nothing of the product knows of it.
SEASONED: it takes itself for one that has run for long.

`fetched`: updates are in hand, and nothing was done about them.
`before commit`, `committed`: of a transaction that confirms something.
`migration`: a statement that changes the schema, and the commit that follows.
`backup`: something is opened, named or removed where a backup is in the making.
"""

from __future__ import annotations

import atexit
import functools
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect
from telegram.ext import ExtBot

from bot import context, receive
from bot.__main__ import main

CONFIRMATION = "INSERT INTO event "
SCHEMA = ("CREATE ", "ALTER ", "DROP ")


FILES = ("open", "os.", "shutil.", "tempfile.", "sqlite3.connect")  # audit events
UNFINISHED = "tuntas-unfinished"


class Death:
    """Counts how often it came by, and ends the process as SIGKILL does: at once."""

    def __init__(self, place: str, number: int) -> None:
        self.place, self.number, self.came = place, number, 0
        atexit.register(lambda: print(f"came by {place}: {self.came}", file=sys.stderr))

    def comes(self, place: str) -> None:
        if place == self.place:
            self.came += 1
            if self.came == self.number:
                os.kill(os.getpid(), signal.SIGKILL)


def shift_clock(gap: timedelta) -> None:
    """The desk that bot.cli.run makes gets another clock."""
    desk: Any = functools.partial(context.Desk, clock=lambda: datetime.now(UTC) + gap)
    context.Desk = desk  # type: ignore[misc]


def lurk_behind_fetching(death: Death) -> None:
    fetch = ExtBot.get_updates

    async def get_updates(self: ExtBot[Any], *args: Any, **kwargs: Any) -> Any:
        updates = await fetch(self, *args, **kwargs)
        if updates:
            death.comes("fetched")
        return updates

    ExtBot.get_updates = get_updates  # type: ignore[method-assign]


def lurk_around_commits(death: Death) -> None:
    confirms = migrates = False

    def look(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal confirms, migrates
        confirms = confirms or statement.startswith(CONFIRMATION)
        if statement.lstrip().startswith(SCHEMA):
            migrates = True
            death.comes("migration")

    event.listen(Engine, "before_cursor_execute", look)
    commit: Callable[..., None] = DefaultDialect.do_commit

    def do_commit(self: DefaultDialect, connection: Any) -> None:
        nonlocal confirms, migrates
        places = ["before commit"] * confirms + ["migration"] * migrates
        after = ["committed"] * confirms + ["migration"] * migrates
        confirms = migrates = False
        for place in places:
            death.comes(place)
        commit(self, connection)
        for place in after:
            death.comes(place)

    DefaultDialect.do_commit = do_commit  # type: ignore[method-assign]


def lurk_where_backups_are_made(death: Death) -> None:
    def look(what: str, args: tuple[object, ...]) -> None:
        if what.startswith(FILES) and any(_is_there(one) for one in args):
            death.comes("backup")

    sys.addaudithook(look)


def _is_there(name: object) -> bool:
    return isinstance(name, str | os.PathLike) and UNFINISHED in str(name)


def run() -> None:
    shift_clock(timedelta(seconds=float(os.environ.pop("CLOCK_SHIFT", "0"))))
    if os.environ.pop("SEASONED", ""):
        receive.NEW = 0.0
    place, _, number = os.environ.pop("DIE_AT", "").partition(":")
    if place:
        death = Death(place, int(number))
        lurk_behind_fetching(death)
        lurk_around_commits(death)
    if place == "backup":
        lurk_where_backups_are_made(death)
    main()


if __name__ == "__main__":
    run()
