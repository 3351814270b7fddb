"""From region to region by F6, out of what is open by Esc, and the focus is never lost."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.web.showing import Demo
from tests.web.visitor import PHONE, Visitor

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("eve")]


async def test_f6_goes_from_region_to_region_and_back(visitor: Visitor) -> None:
    page, keys = visitor.page, visitor.page.keyboard
    await visitor.opens_chat("Dinkes Kendari")
    regions = [
        visitor.in_list("Dinkes Kendari").locator("button"),
        visitor.last,
        visitor.box,
        page.get_by_role("tab", name="Tur"),
    ]
    await page.locator("#me").focus()
    for region in regions * 2:
        await keys.press("F6")
        await expect(region).to_be_focused()
    for region in reversed(regions[:-1]):
        await keys.press("Shift+F6")
        await expect(region).to_be_focused()
    await page.get_by_text("Pintasan papan ketik").click()

    await expect(page.locator("#keys dl")).to_contain_text("F6")


async def test_esc_closes_one_thing_at_a_time(visitor: Visitor) -> None:
    page, keys = visitor.page, visitor.page.keyboard
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.last.get_by_role("button", name="Balas").click()
    await page.get_by_role("button", name="Menu perintah").click()
    await expect(page.locator("#menu")).to_be_visible()
    await keys.press("Escape")
    await expect(page.locator("#menu")).to_be_hidden()
    await expect(page.locator("#answering")).to_be_visible()
    await keys.press("Escape")

    await expect(page.locator("#answering")).to_be_hidden()
    await expect(visitor.box).to_be_focused()


async def test_in_a_narrow_window_esc_leaves_the_panel_and_f6_passes_through_it(
    browser: Browser, demo: Demo
) -> None:
    visitor = await Visitor.opens(browser, demo.address, PHONE)
    page, keys = visitor.page, visitor.page.keyboard
    await visitor.opens_chat("Dinkes Kendari")
    await page.get_by_role("button", name="Petunjuk").click()
    await expect(page.get_by_role("tab", name="Tur")).to_be_focused()
    await keys.press("Escape")
    await expect(page.get_by_role("button", name="Panduan", exact=True)).to_be_focused()
    await visitor.box.focus()
    await keys.press("F6")
    await expect(page.get_by_role("tab", name="Tur")).to_be_focused()
    await keys.press("F6")
    await expect(visitor.last).to_be_focused()
    await page.go_back()

    await expect(visitor.in_list("Dinkes Kendari").locator("button")).to_be_focused()
    await visitor.leaves()
    assert visitor.complaints == []


async def test_who_presses_start_goes_on_in_the_box(visitor: Visitor) -> None:
    await visitor.is_now("Lina Marlina")
    await visitor.opens_chat("Tuntas")
    await visitor.page.get_by_role("button", name="Mulai", exact=True).press("Enter")

    await expect(visitor.box).to_be_focused()
