"""The long run: each point again and again, a table of what came of it, and 1 if anything is wrong.

python -m tests.crash [SEED [KILLS]]: so many kills at each point, 12 if not said.
"""

from __future__ import annotations

import asyncio
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.crash import files, judge, points, scenes
from tests.crash.judge import Kill, Verdict
from tests.crash.people import Crowd
from tests.crash.points import Point
from tests.crash.stage import City, city

OFFICES, ITEMS = 60, 60
A_SECOND = 10.0  # confirmations; 20 a minute into one group is Telegram's limit
COLUMNS = "{:26} {:>5} {:>6} {:>5} {:>8} {:>10} {:>8} {:>9}  {}"
Played = tuple[Verdict, list[Kill]]
Play = Callable[[City, Crowd], Awaitable[Played]]


@dataclass
class Row:
    """What came of one scene."""

    name: str
    verdict: Verdict
    killed: list[Kill]
    is_whole: bool

    @property
    def most(self) -> int:
        return judge.most_for_one(self.killed, self.verdict.repeats)

    @property
    def is_good(self) -> bool:
        return self.is_whole and not self.verdict.wrongs and self.most <= 1

    def __str__(self) -> str:
        of, chain = self.verdict, "whole" if self.is_whole else "BROKEN"
        return COLUMNS.format(
            self.name, len(self.killed), of.sent, len(of.lost), len(of.doubled),
            len(of.unanswered), len(of.repeats), self.most, chain,
        )  # fmt: skip


async def main(seed: int, kills: int) -> int:
    print(f"seed {seed}", flush=True)
    print(COLUMNS.format("killed", "kills", "sent", "lost", "doubled", "unanswered", "repeats",
                         "by a kill", "chain"))  # fmt: skip
    began, rows = time.monotonic(), []
    for name, play in _plays(kills):
        rows.append(await _played(name, play, seed))
        print(rows[-1], flush=True)
        for wrong in rows[-1].verdict.wrongs:
            print(f"  {wrong}")
    by_point = Counter(kill.point for row in rows for kill in row.killed)
    print(", ".join(f"{point}: {count}" for point, count in by_point.items()))
    total = by_point.total()
    bad = [row.name for row in rows if not row.is_good]
    print(f"{total} kills in {time.monotonic() - began:.0f} s; wrong: {', '.join(bad) or 'none'}")
    return 1 if bad else 0


def _plays(kills: int) -> list[tuple[str, Play]]:
    alone = [(point.name, _confirm([point] * kills)) for point in points.CONFIRMING]
    return [
        *alone,
        ("by turns", _confirm([*points.CONFIRMING * (kills // 4)])),
        ("while reminding", _remind(points.SENDING[:2], kills)),
        ("while sending the digest", _remind(points.SENDING[2:], kills)),
        ("in a backup", lambda c, crowd: files.backups(c, crowd, kills, a_second=A_SECOND)),
        ("in a nightly backup", lambda c, crowd: files.nightly(c, crowd, kills, a_second=A_SECOND)),
        ("in a migration", lambda c, crowd: files.migrations(c, crowd.chance, kills)),
    ]


def _confirm(kills: Sequence[Point]) -> Play:
    return lambda c, crowd: scenes.confirmations(c, crowd, kills, a_second=A_SECOND)


def _remind(pair: Sequence[Point], kills: int) -> Play:
    """Four a day, so that each reader's digest is there for one of them."""
    return lambda c, crowd: scenes.broadcasts(c, crowd.chance, [[*pair, *pair]] * -(-kills // 4))


async def _played(name: str, play: Play, seed: int) -> Row:
    with tempfile.TemporaryDirectory(prefix="tuntas-crash-") as folder:
        async with city(Path(folder), offices=OFFICES, items=ITEMS) as made:
            try:
                verdict, killed = await play(made, Crowd(made, Random(f"{seed} {name}")))
            except (
                AssertionError,
                TimeoutError,
            ) as wrong:  # it ended as it should not, or never came by
                verdict, killed = Verdict(broken=[str(wrong)]), []
            code = await (await made.starts("audit")).ended()
    return Row(name, verdict, killed, is_whole=code == 0)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    raise SystemExit(asyncio.run(main(*(given + [secrets.randbelow(10**6), 12][len(given) :]))))
