"""The page is for this machine alone, and loads nothing from elsewhere."""

from __future__ import annotations

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import httpx
import pytest

from demo.web import serve
from tests.web.showing import Demo

pytestmark = pytest.mark.asyncio(loop_scope="session")
HOME = Path(__file__).parent.parent.parent
HERE = {"Content-Type": "application/json"}


async def test_another_name_for_this_machine_is_refused(demo: Demo) -> None:
    async with httpx.AsyncClient(base_url=demo.address) as client:
        rebound = await client.get("/", headers={"Host": "evil.example"})

    assert rebound.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        HERE,
        HERE | {"Origin": "https://evil.example"},
        HERE | {"Origin": "null"},
        {"Content-Type": "text/plain"},
    ],
)
async def test_what_another_page_sends_changes_nothing(demo: Demo, headers: dict[str, str]) -> None:
    if headers["Content-Type"] == "text/plain":
        headers = headers | {"Origin": demo.address}
    async with httpx.AsyncClient(base_url=demo.address) as client:
        sent = await client.post("/api/time", content='{"to":"week"}', headers=headers)

    assert sent.status_code == 403
    assert not demo.scene.time.is_running


async def test_no_script_or_style_but_the_pages_own_may_run(demo: Demo) -> None:
    async with httpx.AsyncClient(base_url=demo.address) as client:
        page = await client.get("/")
    policy = page.headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "style=" not in page.text
    assert "access-control-allow-origin" not in page.headers


@pytest.mark.parametrize("asked", ["[]", "{", '{"person": 7}', '{"person": "7", "chat": "x"}'])
async def test_nonsense_is_refused_and_breaks_nothing(demo: Demo, asked: str) -> None:
    headers = HERE | {"Origin": demo.address}
    async with httpx.AsyncClient(base_url=demo.address) as client:
        answers = [
            await client.post(f"/api/{what}", content=asked, headers=headers)
            for what in ("say", "press", "follow", "edit", "time", "trouble", "start")
        ]

    assert {one.status_code for one in answers} == {400}


async def test_a_second_demo_says_that_the_port_is_taken_and_offers_another() -> None:
    with serve.listen(0) as first:
        port = first.getsockname()[1]
        second = await started("--port", str(port))
        said, complaint = await second.communicate()

    assert second.returncode == 1
    assert f"port {port} is taken" in complaint.decode()
    assert "--port" in complaint.decode()
    assert said == b""


async def test_ctrl_c_ends_it_quietly_while_a_page_is_open() -> None:
    demo = await started("--port", "0")
    assert demo.stdout
    address = (await demo.stdout.readline()).decode().split()[-1]
    async with (
        httpx.AsyncClient() as client,
        client.stream("GET", f"{address}/api/stream") as page,
    ):
        pieces = page.aiter_text()
        while "data: " not in await anext(pieces):
            pass
        demo.send_signal(signal.SIGINT)
        _, complaint = await demo.communicate()

    assert complaint == b""
    assert demo.returncode == 0


async def started(*options: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", *options, cwd=HOME, stdout=PIPE, stderr=PIPE
    )
