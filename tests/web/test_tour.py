"""The tour can be finished, and notices what was done."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.web.showing import Demo
from tests.web.visitor import Visitor

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("eve")]

NAME = "one => one.getAttribute('aria-label') ?? one.textContent"


async def test_the_tour_is_finished_with_the_mouse(visitor: Visitor, demo: Demo) -> None:
    page = visitor.page
    now = page.locator("#tour-list > li[aria-current=step]")
    said = page.locator("#tour-said")

    async def follows_example() -> None:
        await now.locator(".code").click()
        await page.get_by_role("button", name="Kirim", exact=True).click()

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
    await expect(page.locator("#tour-list > .done")).to_have_count(10)


async def test_the_tour_is_finished_with_the_keyboard_alone(  # noqa: PLR0915  it is a long day
    visitor: Visitor,
) -> None:
    keys, page = visitor.page.keyboard, visitor.page
    said = page.locator("#tour-said")

    async def reaches(name: str, way: str = "Tab") -> None:
        """By going from one thing to the next, as nobody with a mouse must."""
        for _ in range(120):
            await keys.press(way)
            focused = page.locator("button:focus")
            if await focused.count() and name in await focused.evaluate(NAME):
                return
        raise AssertionError(f"{name} cannot be reached with {way}")

    async def follows_example(example: str) -> None:
        await reaches(example)
        await keys.press("Enter")
        await expect(visitor.box).to_be_focused()
        await keys.press("Enter")

    async def goes_there() -> None:
        await reaches("Jadilah")
        await keys.press("Enter")
        await expect(page.locator("#log > :last-child")).to_be_focused()

    await follows_example("/cek")
    await expect(said).to_have_text("Langkah 2 dari 10")
    await follows_example("/undang sekretaris RSUD")
    await expect(said).to_have_text("Langkah 3 dari 10")
    await reaches("https://t.me/", "Shift+Tab")
    await keys.press("Enter")
    await expect(page.get_by_label("Yang membuka tautan ini:")).to_be_focused()
    await keys.press("Tab")
    await expect(page.get_by_role("button", name="Tidak jadi")).to_be_focused()
    await keys.press("Shift+Tab")
    await keys.type("Dewi")
    await reaches("Buka, lalu Mulai")
    await keys.press("Enter")
    await expect(said).to_have_text("Langkah 4 dari 10")
    await reaches("Hubungkan grup")
    await keys.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await keys.press("Enter")
    await expect(said).to_have_text("Langkah 5 dari 10")
    await reaches("Majukan waktu")
    await keys.press("Enter")
    await expect(said).to_have_text("Langkah 6 dari 10")
    await goes_there()
    await reaches("✅ 14")
    await keys.press("Space")
    await expect(said).to_have_text("Langkah 7 dari 10")
    await follows_example("/done 3, 7")
    await expect(said).to_have_text("Langkah 8 dari 10")
    await follows_example("/done 15")
    await visitor.sees("✅ 15.")
    await reaches("↩️ Batalkan", "Shift+Tab")
    await keys.press("Enter")
    await expect(said).to_have_text("Langkah 9 dari 10")
    await follows_example("/kembalikan")
    await expect(said).to_have_text("Langkah 10 dari 10")
    await reaches("Majukan waktu")
    await keys.press("Enter")
    await goes_there()

    await expect(said).to_contain_text("Tur selesai")
