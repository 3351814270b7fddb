"""The page with the city behind it, and a real browser before it. No browser: the tests fail."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser

from demo.web import eve as eves
from demo.web.eve import Eve
from tests.web.showing import Demo, chromium, serving
from tests.web.visitor import Visitor


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def played() -> Eve:
    """The eve, played once for all tests."""
    return await eves.play()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo(played: Eve) -> AsyncIterator[Demo]:
    """One city for the tests of a module: each keeps to people of its own, or begins anew."""
    async with serving(played) as served:
        yield served


@pytest_asyncio.fixture(loop_scope="session")
async def eve(demo: Demo) -> None:
    """For this test the city is as it was on the eve."""
    if demo.is_used:
        await demo.app.state.renew()


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(browser: Browser, demo: Demo) -> AsyncIterator[Visitor]:
    """Somebody at a desk who has just opened the page."""
    demo.is_used = True
    visiting = await Visitor.opens(browser, demo.address)
    yield visiting
    await visiting.leaves()

    assert visiting.complaints == []
