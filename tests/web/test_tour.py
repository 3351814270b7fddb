"""The tour can be finished, and notices what was done."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.web.conftest import Demo
from tests.web.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_tour_is_finished_with_the_mouse(visitor: Visitor, demo: Demo) -> None:
    page = visitor.page
    now = page.locator("#tour-list li[aria-current=step]")
    said = page.locator("#tour-said")

    async def follows_example() -> None:
        await now.locator(".code").click()
        await page.get_by_role("button", name="Kirim").click()

    async def goes_there() -> None:
        await now.get_by_role("button", name="Jadilah").click()

    await follows_example()
    await expect(said).to_have_text("Langkah 2 dari 10")
    await follows_example()
    await expect(said).to_have_text("Langkah 3 dari 10")
    await visitor.log.get_by_role("button", name="https://t.me/").last.click()
    dewi = str(demo.scene.stage.actor("RSUD").id)
    await page.get_by_label("Yang membuka tautan ini:").select_option(value=dewi)
    await page.get_by_role("button", name="Buka, lalu Mulai").click()
    await expect(said).to_have_text("Langkah 4 dari 10")
    await visitor.presses("➕ Hubungkan grup ↗")
    await page.get_by_role("dialog").get_by_role("button", name="RSUD Kota Kendari").click()
    await expect(said).to_have_text("Langkah 5 dari 10")
    await now.get_by_role("button", name="Majukan waktu").click()
    await expect(said).to_have_text("Langkah 6 dari 10")
    await goes_there()
    await visitor.presses("✅ 14")
    await expect(said).to_have_text("Langkah 7 dari 10")
    await follows_example()
    await expect(said).to_have_text("Langkah 8 dari 10")
    await follows_example()
    await visitor.presses("↩️ Batalkan")
    await expect(said).to_have_text("Langkah 9 dari 10")
    await follows_example()
    await expect(said).to_have_text("Langkah 10 dari 10")
    await now.get_by_role("button", name="Majukan waktu").click()
    await goes_there()

    await expect(said).to_contain_text("Tur selesai")
    await expect(page.locator("#tour-list .done")).to_have_count(10)
