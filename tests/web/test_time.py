"""The clock of the page is the bot's own."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.web.showing import Demo
from tests.web.visitor import Visitor

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("eve")]


async def test_the_clock_runs_to_the_reminder_the_digest_and_the_next_day(
    visitor: Visitor, demo: Demo
) -> None:
    clock, stop = (
        visitor.page.locator("#clock"),
        visitor.page.get_by_role("button", name="berhenti"),
    )
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.sends_clock("ke pengingat berikutnya")
    await expect(clock).to_contain_text("Rabu, 23 September 2026 08.00")
    await visitor.sees("Tekan ✅")
    await expect(stop).to_be_hidden()
    await visitor.sends_clock("ke ringkasan")
    await expect(clock).to_contain_text("Rabu, 23 September 2026 16.00")
    await visitor.is_now("Bambang Setiawan")
    await visitor.opens_chat("Tuntas")
    await visitor.sees("Dikonfirmasi 0 dari 1.364 butir")
    await expect(stop).to_be_hidden()
    await visitor.sends_clock("hari kerja berikutnya")

    await expect(clock).to_contain_text("Kamis, 24 September 2026 08.00")
    assert demo.scene.stage.machine.desk
    assert demo.scene.stage.machine.desk.now() == demo.scene.stage.clock.now


async def test_a_week_can_be_run_and_stopped(visitor: Visitor) -> None:
    await visitor.sends_clock("jalankan seminggu")
    await expect(visitor.page.locator("#day")).to_have_text(re.compile("Rabu, 23 September"))
    await visitor.page.get_by_role("button", name="berhenti").click()

    await expect(visitor.page.get_by_role("button", name="berhenti")).to_be_hidden()
    await expect(visitor.page.locator("#day")).not_to_have_text(re.compile("29 September"))
