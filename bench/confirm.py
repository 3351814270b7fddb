"""Confirmations a second, each committed with synchronous=FULL and answered, beside an echo bot.

python -m bench.confirm
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

from bench import echo
from bench.city import City, city
from bot import receive
from demo.telegram import Telegram

OPDS, ITEMS, EACH = 44, 31, 10


async def main() -> None:
    echoes = await _echo(OPDS * EACH)
    async with city(OPDS, ITEMS) as found:
        confirmed = await _confirm(found)
    print(f"echo bot, no database   {echoes:7.0f} answers a second")
    print(f"Tuntas, /done committed {confirmed:7.0f} answers a second")
    print(f"ratio                   {confirmed / echoes:7.2f}")


async def _echo(count: int) -> float:
    telegram = Telegram(lambda: datetime.now(UTC))
    bot = telegram.bot("echo_bot")
    people = [telegram.person(f"Orang {n}") for n in range(OPDS)]
    app = echo.build(bot.token, telegram.door(bot.token))
    async with app:
        for n in range(count):
            people[n % OPDS].says(f"halo {n}", to=bot)
        began = time.perf_counter()
        await echo.hear(app)
        return count / (time.perf_counter() - began)


async def _confirm(found: City) -> float:
    """Round by round: what one group says while an answer waits would be answered together."""
    before, spent, offset = len(found.telegram.calls), 0.0, 0
    for number in range(1, EACH + 1):
        for person, group in zip(found.secretaries, found.groups, strict=True):
            person.says(f"/done@{found.bot.username} {number}", to=group)
        began = time.perf_counter()
        offset = await receive.once(found.app, offset, wait=0)
        spent += time.perf_counter() - began
    answers = [c for c in found.telegram.calls[before:] if c.method == "sendMessage"]
    assert len(answers) == OPDS * EACH, f"{len(answers)} answers"
    return len(answers) / spent


if __name__ == "__main__":
    asyncio.run(main())
