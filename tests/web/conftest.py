"""The page with the city behind it, and a real browser before it. No browser: the tests fail."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect
from starlette.applications import Starlette

from demo.web import serve
from demo.web.app import build
from demo.web.scene import Scene
from tests.web.visitor import PATIENCE, Visitor

expect.set_options(timeout=PATIENCE)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@dataclass
class Demo:
    app: Starlette
    address: str

    @property
    def scene(self) -> Scene:
        """What is behind the page."""
        scene = self.app.state.scene
        assert isinstance(scene, Scene)
        return scene


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    assert CHROMIUM, "these tests need Debian's browser: apt-get install chromium (see .ci/run)"
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        await running.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo() -> AsyncIterator[Demo]:
    """One city for the tests of a module: each keeps to people of its own, or begins anew."""
    app, ready = build(), asyncio.Event()
    with serve.listen(0) as listening:
        server = serve.Server(app, listening, lambda _: ready.set())
        serving = asyncio.create_task(server.serve([listening]))
        await ready.wait()
        yield Demo(app, server.address)
        server.should_exit = True
        await serving


@pytest_asyncio.fixture(loop_scope="session")
async def eve(demo: Demo) -> None:
    """For this test the city is as it was on the eve."""
    await demo.app.state.renew()


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(browser: Browser, demo: Demo) -> AsyncIterator[Visitor]:
    """Somebody at a desk who has just opened the page."""
    visiting = await Visitor.opens(browser, demo.address)
    yield visiting
    await visiting.leaves()

    assert visiting.complaints == []
