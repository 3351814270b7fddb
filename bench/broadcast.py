"""Every group reminded with Telegram's limits on, while fifty people confirm.

The bot is a process of its own behind HTTP; the time is set beside what the limit allows, its
memory beside what it was when a tenth was sent. python -m bench.broadcast [groups] [speed]

`speed`: how many of Telegram's seconds pass in one of ours; 20,000 groups take eleven minutes at 1.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
import time
from asyncio.subprocess import Process, create_subprocess_exec
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import update

from bench import city
from bench.city import NOON
from bot import app as application
from bot import logs
from bot.context import Desk
from bot.pace import ALL, Pace
from config.settings import read
from db import engine, tenures, upgrade
from db.act import Act
from db.models import Opd, Role
from demo.telegram import Bot, Message, Person, Telegram
from demo.telegram.http import served

PEOPLE = 50


@dataclass
class Town:
    """What the judge sees: bubbles alone."""

    telegram: Telegram
    bot: Bot
    groups: dict[int, int] = field(default_factory=dict)  # how many reminders each got
    people: list[Person] = field(default_factory=list)
    asked: dict[int, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)  # of the bot, in MiB, a tenth after the other
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)


async def main(groups: int, speed: float) -> None:
    second = timedelta(seconds=1 / speed)
    telegram = Telegram(_clock(time.time()), limits=True, second=second)
    town = Town(telegram, telegram.bot("tuntas_bot", "Tuntas"))
    with tempfile.TemporaryDirectory(prefix="tuntas-bench-") as folder:
        await _furnish(town, f"sqlite+aiosqlite:///{folder}/tuntas.db", groups)
        async with served(telegram) as address:
            bot = await _start(town, address, folder, 1 / speed)
            with _watching(town, bot):
                await town.begun.wait()
                began = time.monotonic()
                asking = asyncio.create_task(_people_ask(town, groups / ALL[0] / speed))
                await town.ended.wait()
                took = time.monotonic() - began
                await asking
            bot.terminate()
            await bot.wait()
    _tell(town, took * speed, groups)


def _tell(town: Town, took: float, groups: int) -> None:
    ideal = (groups + PEOPLE - ALL[0]) / ALL[0]
    too_fast = sum(call.code == 429 for call in town.telegram.refused)
    waits = sorted(town.waits)
    print(f"{groups} groups and {PEOPLE} answers   {took:8.1f} s of Telegram's clock")
    print(f"what the limit allows        {ideal:8.1f} s   ratio {took / ideal:.3f}")
    print(f"refused as too fast          {too_fast:8}")
    print(f"groups without a reminder    {sum(n == 0 for n in town.groups.values()):8}")
    print(f"groups with more than one    {sum(n > 1 for n in town.groups.values()):8}")
    p50, p99 = _at(waits, 50), _at(waits, 99)
    print(f"answered                     {len(waits):8} of {PEOPLE}")
    print(f"within                       {p50:8.0f} ms (p50), {p99:.0f} ms (p99)")
    first, last = town.sizes[0], town.sizes[-1]
    print(f"memory of the bot            {last:8} MiB   ratio to a tenth sent {last / first:.2f}")


async def _furnish(town: Town, url: str, groups: int) -> None:
    settings = read(file=None, bot_token=town.bot.token, database_url=url)
    database = await upgrade.to_head(url, engine.file_of(url).parent)
    desk = Desk(settings, database, settings.calendar(), lambda: NOON)
    await city.fill(desk, groups, 4)
    owner = town.telegram.person("Pemilik Grup")
    async with desk.transaction() as session:
        for n in range(1, groups + 1):
            chat = town.telegram.group(f"Dinas {n}", creator=owner, members=[town.bot])
            town.groups[chat.id] = 0
            await session.execute(update(Opd).where(Opd.id == n).values(chat_id=chat.id))
        for n in range(1, PEOPLE + 1):
            person = town.telegram.person(f"Sekretaris {n}")
            act = Act(NOON, f"bench:{n}")
            await tenures.appoint(session, act, Role.SECRETARY, n, (person.id, f"Orang {n}"))
            person.starts(town.bot)
            town.people.append(person)
    town.bot.queue.waiting.clear()
    await database.close()


async def _start(town: Town, address: str, folder: str, second: float) -> Process:
    """Its clock begins at noon of a working day, as the world's does."""
    ours = {"BOT_TOKEN": town.bot.token, "TELEGRAM_API_URL": address, "LOG_LEVEL": "ERROR"}
    ours |= {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}/tuntas.db", "BACKUP_DIR": folder}
    code = f"from bench.broadcast import bot; bot({time.time()!r}, {second!r})"
    command = (sys.executable, "-c", code)
    return await create_subprocess_exec(*command, env=os.environ | ours)


def bot(began: float, second: float) -> None:
    """In the other process."""
    asyncio.run(_run(began, second))


async def _run(began: float, second: float) -> None:
    settings = read(file=None, need_token=True)
    logs.set_up(settings.log_level, settings.log_format, settings.token)
    database = engine.connect(settings.database_url)
    desk = Desk(settings, database, settings.calendar(), _clock(began), Pace(second))
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await application.run(application.build(desk), stop)
    await database.close()


@contextmanager
def _watching(town: Town, bot: Process) -> Iterator[None]:
    """Every bubble as it appears."""
    show = town.telegram.show
    tenth, left = max(1, len(town.groups) // 10), len(town.groups)

    def shows(message: Message) -> None:
        nonlocal left
        show(message)
        chat = message.chat.id
        if chat in town.groups and message.sender is town.bot:
            town.begun.set()
            town.groups[chat] += 1
            left -= town.groups[chat] == 1
            if left % tenth == 0:
                town.sizes.append(_mebibytes(bot.pid))
        elif message.sender is town.bot and chat in town.asked:
            town.waits.append((time.monotonic() - town.asked.pop(chat)) * 1000)
        if not left and len(town.waits) >= PEOPLE:
            town.ended.set()

    town.telegram.show = shows  # type: ignore[method-assign]
    yield
    town.telegram.show = show  # type: ignore[method-assign]


async def _people_ask(town: Town, during: float) -> None:
    """Spread over the broadcast; at its end if it is quicker."""
    for person in town.people:
        await asyncio.sleep(during / PEOPLE)
        town.asked[person.chat(town.bot).id] = time.monotonic()
        person.says("/done 4", to=town.bot)


def _clock(began: float) -> Callable[[], datetime]:
    return lambda: NOON + timedelta(seconds=time.time() - began)


def _mebibytes(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def _at(waits: list[float], percent: int) -> float:
    return waits[min(len(waits) - 1, len(waits) * percent // 100)]


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:]]
    asyncio.run(main(int(given[0]) if given else 2000, given[1] if len(given) > 1 else 1.0))
