"""The moments at which the bot is killed: on the wire by the judge, inside by the victim."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from demo.telegram.trouble import Cut
from tests.crash import locked
from tests.crash.judge import DIGEST, REMINDER
from tests.crash.stage import City, Process

Matches = Callable[[str, dict[str, Any]], bool]
KILLED = -9
UNDER_WAY = 2  # batches; the first is worked off before the next is asked for
AT_ONCE = 90.0  # seconds within which a process comes by, however busy the machine


def is_receipt(method: str, params: dict[str, Any]) -> bool:
    return method == "sendMessage" and ": dicatat" in str(params.get("text"))


def is_reminder(method: str, params: dict[str, Any]) -> bool:
    return method == "sendMessage" and REMINDER in str(params.get("text"))[:200]


def is_digest(method: str, params: dict[str, Any]) -> bool:
    return method == "sendMessage" and DIGEST in str(params.get("text"))[:200]


def is_fetch(method: str, params: dict[str, Any]) -> bool:
    return method == "getUpdates"


def is_any(method: str, params: dict[str, Any]) -> bool:
    return True


@dataclass
class Trap:
    """Stands at the door: the n-th call that `matches` kills its process. `late`: only after the
    call took effect; its answer never leaves."""

    victim: Process | None = None
    matches: Matches = is_any
    late: bool = False
    left: int = 0
    sprung: asyncio.Event = field(default_factory=asyncio.Event)

    def stand_in(self, city: City) -> None:
        city.telegram.arriving.append(self._arriving)
        city.telegram.answering.append(self._answering)

    def set(self, victim: Process, matches: Matches, number: int, *, late: bool) -> None:
        self.victim, self.matches, self.left, self.late = victim, matches, number, late
        self.sprung = asyncio.Event()

    async def _arriving(self, _bot: object, method: str, params: dict[str, Any]) -> None:
        if not self.late:
            self._look(method, params)

    async def _answering(
        self, _bot: object, method: str, params: dict[str, Any], _body: object
    ) -> None:
        if self.late:
            self._look(method, params)

    def _look(self, method: str, params: dict[str, Any]) -> None:
        if self.left and self.victim and self.victim.is_alive and self.matches(method, params):
            self.left -= 1
            if not self.left:
                self.victim.kill()
                self.sprung.set()
                raise Cut(httpx.ReadError(""))


@dataclass(frozen=True)
class Point:
    """`run` starts the bot and returns when it was killed there."""

    name: str
    run: Callable[[City, Trap, random.Random], Awaitable[Process]]


def on_the_wire(name: str, matches: Matches, *, late: bool, most: int) -> Point:
    async def run(city: City, trap: Trap, chance: random.Random) -> Process:
        victim = await city.starts()
        trap.set(victim, matches, chance.randint(1, most), late=late)
        return await _dies(victim, name)

    return Point(name, run)


def inside(name: str, most: int) -> Point:
    async def run(city: City, trap: Trap, chance: random.Random) -> Process:
        return await _dies(await city.starts(die_at=f"{name}:{chance.randint(1, most)}"), name)

    return Point(name, run)


def while_locked(name: str, most: int) -> Point:
    """The bot has what it cannot commit, and asks for more: what it has must come again."""

    async def run(city: City, trap: Trap, chance: random.Random) -> Process:
        with locked.watching(city) as fetches:
            victim = await city.starts()
            async with asyncio.timeout(AT_ONCE):
                await fetches.come(UNDER_WAY)
            async with locked.held(city.database) as committed:
                async with asyncio.timeout(AT_ONCE):
                    await fetches.bring_other_than(committed)
                trap.set(victim, is_fetch, chance.randint(1, most), late=True)
                return await _dies(victim, name)

    return Point(name, run)


def at_random(longest: float) -> Point:
    """Any time after its start, that of starting included."""

    async def run(city: City, trap: Trap, chance: random.Random) -> Process:
        victim = await city.starts()
        await asyncio.sleep(chance.uniform(0, longest))
        victim.kill()
        return await _dies(victim, "random")

    return Point("random", run)


async def _dies(victim: Process, name: str) -> Process:
    try:
        code = await asyncio.wait_for(victim.ended(), AT_ONCE)
    except TimeoutError:
        victim.kill()
        await victim.ended()
        raise AssertionError(f"the bot never came by: {name}") from None
    assert code == KILLED, f"it was to be killed at {name}, and ended with {code}: see {victim.log}"
    return victim


CONFIRMING = (
    inside("fetched", most=4),
    inside("before commit", most=20),
    inside("committed", most=20),
    on_the_wire("before the answer", is_receipt, late=False, most=20),
    on_the_wire("answered", is_receipt, late=True, most=20),
    while_locked("while locked", most=24),
    at_random(longest=4.0),
)
SENDING = (
    on_the_wire("before a reminder", is_reminder, late=False, most=20),
    on_the_wire("before settling a reminder", is_reminder, late=True, most=20),
    on_the_wire("before a digest", is_digest, late=False, most=2),
    on_the_wire("before settling a digest", is_digest, late=True, most=2),
)
