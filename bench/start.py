"""Time and memory until the bot has fetched its first updates, beside an echo bot.

Each in a process of its own, over the make-believe Telegram. python -m bench.start
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

ECHO = """
import asyncio, resource
from datetime import UTC, datetime
from bench import echo
from demo.telegram import Telegram
async def main():
    telegram = Telegram(lambda: datetime.now(UTC))
    bot = telegram.bot("echo_bot")
    async with echo.build(bot.token, telegram.door(bot.token)) as app:
        await echo.hear(app)
asyncio.run(main())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
TUNTAS = """
import asyncio, resource, sys
from datetime import UTC, datetime
from pathlib import Path
from bot import app as application, receive
from bot.context import Desk
from config.settings import read
from db import upgrade
from demo.telegram import Telegram
async def main():
    telegram = Telegram(lambda: datetime.now(UTC))
    bot = telegram.bot("tuntas_bot")
    url = "sqlite+aiosqlite:///" + sys.argv[1]
    settings = read(file=None, bot_token=bot.token, database_url=url)
    database = await upgrade.to_head(url, Path(sys.argv[1]).parent)
    desk = Desk(settings, database, settings.calendar())
    async with application.build(desk, telegram.door(bot.token)) as app:
        await receive.once(app, 0, wait=0)
    await database.close()
asyncio.run(main())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
TIMES = 5
ENV = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}  # as on a server


def main() -> None:

    with tempfile.TemporaryDirectory(prefix="tuntas-bench-") as folder:
        file = f"{folder}/tuntas.db"
        _run(TUNTAS, file)  # makes the database; the bot normally finds one
        echo = min(_run(ECHO, file) for _ in range(TIMES))
        tuntas = min(_run(TUNTAS, file) for _ in range(TIMES))
    for name, (seconds, kilobytes) in {"echo bot": echo, "Tuntas": tuntas}.items():
        print(f"{name:9} {seconds:5.2f} s until it listens, {kilobytes / 1024:5.0f} MiB")
    print(f"ratio     {tuntas[0] / echo[0]:5.2f} in time, {tuntas[1] / echo[1]:5.2f} in memory")


def _run(program: str, file: str) -> tuple[float, int]:
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program, file], capture_output=True, text=True, check=True, env=ENV
    )
    return time.perf_counter() - began, int(done.stdout.split()[-1])


if __name__ == "__main__":
    main()
