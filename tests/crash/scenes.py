"""What is played: confirmations while the bot is killed again and again, and days of broadcasts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from random import Random

from tests.crash import judge
from tests.crash.judge import Kill, Verdict
from tests.crash.people import Crowd
from tests.crash.points import Point, Trap
from tests.crash.stage import WITA, City

PATIENCE = 90.0  # seconds until everybody is answered, on a machine that does much else
LATER = timedelta(minutes=5, seconds=1)  # when what is of unknown fate is sent once more
WEEKEND = (5, 6)
WORK = "SELECT count(*) FROM owed WHERE fate = 'claimed' OR not_before <= ?"


async def confirmations(
    city: City, crowd: Crowd, kills: Iterable[Point], *, a_second: float
) -> tuple[Verdict, list[Kill]]:
    """Kill it at each of these while people confirm; then let it answer everybody. Returns also
    when it was killed."""
    trap, killed = Trap(), list[Kill]()
    trap.stand_in(city)
    async with crowd.pours(a_second):
        for point in kills:
            await point.run(city, trap, crowd.chance)
            killed.append(Kill(point.name, city.now()))
    await undisturbed(city, lambda: is_quiet(city, crowd))
    return judge.judge(city, crowd.said), killed


async def broadcasts(
    city: City, chance: Random, days: Sequence[Sequence[Point]]
) -> tuple[Verdict, list[Kill]]:
    """A working day for each row of points: it is killed at each of them while it reminds, runs
    on, and five minutes later once more."""
    trap, killed = Trap(), list[Kill]()
    trap.stand_in(city)
    for points in days:
        for point in points:
            await point.run(city, trap, chance)
            killed.append(Kill(point.name, city.now()))
        await undisturbed(city, lambda: is_drained(city))
        city.shift += LATER
        await undisturbed(city, lambda: is_drained(city))
        city.turn_to(next_working_day(city.now()))
    return judge.judge_broadcasts(city), killed


def is_quiet(city: City, crowd: Crowd) -> bool:
    """Nobody waits for an answer, and nothing for being acknowledged."""
    waits = city.tuntas.queue.waiting
    return not waits and not judge.judge(city, crowd.said).unanswered


def is_drained(city: City) -> bool:
    """Everything of the day was written down and had its turn."""
    now = city.now()
    kinds = {kind for kind, _ in judge.fates(city, now.astimezone(WITA).date().isoformat())}
    moment = now.replace(tzinfo=None).isoformat(sep=" ")
    return {"reminder", "digest"} <= kinds and city.asks(WORK, moment) == [(0,)]


async def undisturbed(city: City, done: Callable[[], bool]) -> None:
    """Run it until that, or until patience ends; then stop it."""
    before = len(city.telegram.calls)
    bot = await city.starts()
    try:
        await until(lambda: has_received(city, before) and done())
    finally:
        code = await bot.stops()
    assert code == 0, f"the bot ended with {code}: see {bot.log}"


def has_received(city: City, since: int) -> bool:
    """Whether updates were fetched after so many calls."""
    return any(call.method == "getUpdates" for call in city.telegram.calls[since:])


async def until(holds: Callable[[], bool]) -> None:
    """Or until patience ends: what is missing then, the judge sees."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while loop.time() < end:
        if holds():
            return
        await asyncio.sleep(0.1)


def next_working_day(now: datetime) -> datetime:
    """The same time of day."""
    day = now + timedelta(days=1)
    return next_working_day(day) if day.astimezone(WITA).weekday() in WEEKEND else day
