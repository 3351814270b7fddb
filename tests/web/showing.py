"""The page served in this very process, and Debian's browser to look at it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, async_playwright
from starlette.applications import Starlette

from demo.web import serve
from demo.web.app import build
from demo.web.eve import Eve
from demo.web.scene import Scene

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@dataclass
class Demo:
    app: Starlette
    address: str
    is_used: bool = False

    @property
    def scene(self) -> Scene:
        """What is behind the page."""
        scene = self.app.state.scene
        assert isinstance(scene, Scene)
        return scene


@asynccontextmanager
async def serving(eve: Eve) -> AsyncIterator[Demo]:
    app, ready = build(eve), asyncio.Event()
    with serve.listen(0) as listening:
        server = serve.Server(app, listening, lambda _: ready.set())
        running = asyncio.create_task(server.serve([listening]))
        await ready.wait()
        yield Demo(app, server.address)
        server.should_exit = True
        await running


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """None is ever downloaded."""
    assert CHROMIUM, "this needs Debian's browser: apt-get install chromium (see .ci/run)"
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        await running.close()
