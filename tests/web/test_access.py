"""Everybody can use it: by keyboard, with a screen reader, on a phone, in the dark."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, expect

from tests.web.showing import Demo
from tests.web.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")
SERIOUS = {"serious", "critical"}


async def findings(visitor: Visitor) -> list[str]:
    found = await Axe().run(visitor.page)
    return [
        f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}"
        for one in found.response["violations"]
        if one["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_an_audit_finds_nothing_serious(
    browser: Browser, demo: Demo, size: tuple[int, int], colours: Literal["light", "dark"]
) -> None:
    visitor = await Visitor.opens(browser, demo.address, size, color_scheme=colours)
    if size is PHONE:
        assert await findings(visitor) == []
        await visitor.opens_chat("Dinkes Kendari")
    await visitor.says("/daftar")
    await visitor.sees("Tekan butir untuk melihat rinciannya.")
    await visitor.page.get_by_role("button", name="Menu perintah").click()
    assert await findings(visitor) == []
    if size is PHONE:
        await visitor.page.get_by_role("button", name="Petunjuk").click()
    for tab in ("Gangguan", "Latihan", "Tur"):
        await visitor.page.get_by_role("tab", name=tab).click()
        assert await findings(visitor) == []
    await visitor.leaves()

    assert visitor.complaints == []


async def test_on_a_phone_one_thing_at_a_time_fills_the_screen(
    browser: Browser, demo: Demo
) -> None:
    visitor = await Visitor.opens(browser, demo.address, PHONE, has_touch=True)
    page = visitor.page
    await expect(visitor.box).to_be_hidden()
    await visitor.opens_chat("Dinkes Kendari")
    await expect(visitor.in_list("Dinkes Kendari")).to_be_hidden()
    await visitor.says("/done 3")
    await visitor.sees("✅ 3.")
    await page.get_by_role("button", name="Petunjuk").click()
    await expect(visitor.box).to_be_hidden()
    await page.get_by_role("button", name="Tutup panduan").click()
    await page.get_by_role("button", name="Kembali ke daftar obrolan").click()

    await expect(visitor.in_list("Dinkes Kendari").locator("button")).to_be_focused()
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    await visitor.leaves()
    assert visitor.complaints == []
