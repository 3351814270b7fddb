"""The demo as a process of its own, and a real browser before it. No browser: the tests fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.web.visitor import Visitor

HOME = Path(__file__).parent.parent.parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    assert CHROMIUM, "these tests need Debian's browser: apt-get install chromium (see .ci/run)"
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        await running.close()


@pytest.fixture
def address() -> Iterator[str]:
    """Where a demo of this test alone answers."""
    command = [sys.executable, "-m", "bot", "demo", "--port", "0"]
    env = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    with subprocess.Popen(
        command, cwd=HOME, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as demo:
        assert demo.stdout
        first = demo.stdout.readline()
        yield first.split()[-1]
        demo.terminate()
        _, errors = demo.communicate(timeout=20)

    assert errors == ""


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(browser: Browser, address: str) -> AsyncIterator[Visitor]:
    """Somebody at a desk who has just opened the page."""
    visiting = await Visitor.opens(browser, address)
    yield visiting
    await visiting.leaves()

    assert visiting.complaints == []
