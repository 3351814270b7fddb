"""The computer in the town hall: one bot on one database file; it can be killed and started."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextvars import ContextVar, copy_context
from typing import Any

import structlog
from telegram.error import TelegramError

from bot import app as application
from bot import following, menus, receive, send
from bot.context import App, Context, Desk
from bot.lanes import Lanes
from bot.pace import Pace
from bot.stopping import pause
from bot.table import COMMANDS
from bot.ticks import TICKS, outages
from config.settings import Settings
from db import upgrade
from demo.city import Clock
from demo.telegram import Bot, Telegram

log = structlog.get_logger(__name__)

PROCESS: ContextVar[Process | None] = ContextVar("PROCESS", default=None)
AGAIN = 1.0  # seconds between two tries to reach Telegram at the start
LAST_BREATH = 2.0  # seconds that what was killed may take to be gone


class Process:
    """What dies together: every task that the bot began, and those that these began."""

    def __init__(self) -> None:
        self.tasks: set[asyncio.Task[Any]] = set()
        self._context = copy_context()
        self._context.run(PROCESS.set, self)

    def begin(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        return asyncio.get_running_loop().create_task(work, context=self._context.copy())

    def adopt(self, task: asyncio.Task[Any]) -> None:
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def die(self) -> None:
        for task in list(self.tasks):
            task.cancel()
        if self.tasks:
            await asyncio.wait(self.tasks, timeout=LAST_BREATH)


def watch_tasks() -> None:
    """From now on each task of this loop belongs to the process that began it."""

    def make(loop: asyncio.AbstractEventLoop, work: Any, **more: Any) -> asyncio.Task[Any]:
        more.setdefault("context", None)
        owner = _owner(more["context"])
        task: asyncio.Task[Any] = asyncio.Task(work, loop=loop, **more)
        if owner:
            owner.adopt(task)
        return task

    asyncio.get_running_loop().set_task_factory(make)


def _owner(context: Any) -> Process | None:
    return context.run(PROCESS.get) if context else PROCESS.get()


class Machine:
    """`turn` is what a minute of the clock brings; `wake` asks for one soon."""

    def __init__(self, settings: Settings, telegram: Telegram, bot: Bot, clock: Clock) -> None:
        self.settings, self.telegram, self.bot, self.clock = settings, telegram, bot, clock
        self.desk: Desk | None = None
        self._app: App | None = None
        self._process = Process()
        self._stop = asyncio.Event()
        self._woken = asyncio.Event()
        self._turning = asyncio.Lock()
        self._is_up = asyncio.Event()
        telegram.arriving.append(self._notice)

    @property
    def is_alive(self) -> bool:
        return self.desk is not None

    async def start(self) -> None:
        """Returns when the bot runs, or as soon as it is known that Telegram is away."""
        settings = self.settings
        database = await upgrade.to_head(settings.database_url, settings.backup_dir)
        self.desk = Desk(settings, database, settings.calendar(), self.clock, Pace(0))
        self._app = application.build(self.desk, self.telegram.door(self.bot.token))
        self._process, self._stop, self._turning = Process(), asyncio.Event(), asyncio.Lock()
        self._is_up.clear()
        self._process.begin(self._live(self._app))
        await self._is_up.wait()

    async def kill(self) -> None:
        """Between two transactions, and in the middle of whatever else is under way."""
        desk, self.desk, self._app = self.desk, None, None
        if desk is None:
            return
        async with desk.database.writing():  # nobody else is inside one
            await self._process.die()
        await desk.database.close()

    async def stop(self) -> None:
        """As the machine's owner stops it: what is under way is finished first."""
        self._stop.set()
        self._woken.set()
        if self._process.tasks:
            await asyncio.wait(self._process.tasks, timeout=LAST_BREATH)
        await self.kill()

    def wake(self) -> None:
        self._woken.set()

    async def turn(self) -> None:
        """What is due now leaves. Nothing, where the bot is dead."""
        if self._app:
            await asyncio.wait({self._process.begin(self._turn(self._app))})

    async def beat(self) -> None:
        """A sign of life, for a minute in which nothing is due."""
        if self._app:
            await asyncio.wait({self._process.begin(self._beat(self._app))})

    async def _live(self, app: App) -> None:
        await self._reach(app)
        await receive.remember(app.bot_data)
        people_first = asyncio.Event()
        self._process.begin(self._work(app, people_first))
        await receive.forever(app, 0, self._stop, people_first)

    async def _reach(self, app: App) -> None:
        while True:
            try:
                return await app.initialize()
            except TelegramError:
                self._is_up.set()
                await asyncio.sleep(AGAIN)

    async def _work(self, app: App, people_first: asyncio.Event) -> None:
        """What waited takes effect before any reminder is thought of."""
        await pause(people_first, application.AT_FIRST)
        self._is_up.set()
        while not self._stop.is_set():
            await self._turn(app)
            await _try(menus.keep(Context(app), COMMANDS))
            await self._woken.wait()
            self._woken.clear()

    async def _turn(self, app: App) -> None:
        context = Context(app)
        await self._beat(app)
        async with self._turning:
            for tick in TICKS:
                await _try(tick(context))
            await _try(send.drain(context, self._stop, Lanes()))
            await _try(_follow(context))

    async def _beat(self, app: App) -> None:
        async with self._turning:
            if not self.telegram.line.is_down:
                await outages.beat(app.bot_data)

    async def _notice(self, bot: Bot, method: str, params: dict[str, Any]) -> None:
        """Whoever asks for more has handled what there was, and may owe something."""
        if method.lower() == "getupdates":
            self._woken.set()


async def _follow(context: Context) -> None:
    while await following.follow(context):
        pass


async def _try(step: Coroutine[Any, Any, Any]) -> None:
    try:
        await step
    except Exception:
        log.exception("A step of the clock failed")
