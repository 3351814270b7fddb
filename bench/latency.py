"""How long 44 secretaries wait who confirm within one second, while 44 reminders go out.

Telegram's limits are on and its answers take a while, as over a real line. Beside it: the same
44 questions to an echo bot without a database. python -m bench.latency
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from datetime import UTC, datetime

from bench import echo
from bench.city import City, city
from bot import receive, send
from bot.context import Context
from bot.ticks import TICKS
from demo.telegram import Message, Person, Telegram

OPDS, ITEMS = 44, 31
SECOND = 1.0


async def main() -> None:
    plain = await _echo()
    async with city(OPDS, ITEMS, limits=True) as found:
        waits, reminders = await _rush(found)
    print(f"echo bot           p50 {_at(plain, 50):6.1f} ms   p99 {_at(plain, 99):6.1f} ms")
    print(f"Tuntas, reminding  p50 {_at(waits, 50):6.1f} ms   p99 {_at(waits, 99):6.1f} ms")
    print(f"ratio of the p99   {_at(waits, 99) / _at(plain, 99):6.1f}")
    print(f"answered {len(waits)} of {OPDS}, reminders sent {reminders} of {OPDS}")


async def _rush(found: City) -> tuple[list[float], int]:
    stop = asyncio.Event()
    for tick in TICKS:
        await tick(Context(found.app))
    tasks = [
        asyncio.create_task(receive.forever(found.app, 0, stop)),
        asyncio.create_task(send.forever(Context(found.app), stop)),
    ]

    def says(n: int) -> Callable[[], bool]:
        person = found.secretaries[n]
        person.says("/done 4", to=found.bot)
        return lambda: _answered(person.chat(found.bot).last, person)

    waits = await _waits(says)
    await _until(lambda: _reminders(found) == OPDS)
    stop.set()
    await asyncio.gather(*tasks)
    return waits, _reminders(found)


async def _echo() -> list[float]:
    telegram = Telegram(lambda: datetime.now(UTC))
    bot = telegram.bot("echo_bot")
    people = [telegram.person(f"Orang {n}") for n in range(OPDS)]
    app = echo.build(bot.token, telegram.door(bot.token))

    async def forever() -> None:
        offset = 0
        while True:
            for update in await app.bot.get_updates(offset=offset, timeout=10):
                await app.process_update(update)
                offset = update.update_id + 1

    def says(n: int) -> Callable[[], bool]:
        people[n].says("halo", to=bot)
        return lambda: _answered(people[n].chat(bot).last, people[n])

    async with app:
        task = asyncio.create_task(forever())
        waits = await _waits(says)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    return waits


async def _waits(says: Callable[[int], Callable[[], bool]]) -> list[float]:
    """Milliseconds until each is answered; they speak evenly over one second."""
    began = time.perf_counter()
    spoke: dict[int, tuple[float, Callable[[], bool]]] = {}
    waits: list[float] = []
    while len(waits) < OPDS and time.perf_counter() - began < 60:
        due = min(OPDS, int((time.perf_counter() - began) / SECOND * OPDS) + 1)
        for n in range(len(spoke) + len(waits), due):
            spoke[n] = (time.perf_counter(), says(n))
        for n in [n for n, (_, answered) in spoke.items() if answered()]:
            waits.append((time.perf_counter() - spoke.pop(n)[0]) * 1000)
        await asyncio.sleep(0.001)
    return waits


async def _until(done: Callable[[], bool]) -> None:
    for _ in range(60_000):
        if done():
            return
        await asyncio.sleep(0.001)


def _answered(last: Message | None, person: Person) -> bool:
    return last is not None and last.sender is not person


def _reminders(found: City) -> int:
    return sum(any(m.text.startswith("⏰") for m in g.messages) for g in found.groups)


def _at(waits: list[float], percent: int) -> float:
    return sorted(waits)[min(len(waits) - 1, len(waits) * percent // 100)]


if __name__ == "__main__":
    asyncio.run(main())
