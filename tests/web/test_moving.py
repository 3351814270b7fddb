"""The view follows what one does, keeps what was written, and says where nobody listens."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Browser, Route, expect

from tests.web.showing import Demo
from tests.web.test_troubles import numbers
from tests.web.visitor import PHONE, Visitor

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("eve")]
SMALL = (390, 500)
FAR = "log => log.scrollHeight - log.scrollTop - log.clientHeight"


async def test_the_chat_follows_ones_own_act_and_offers_what_others_said(
    browser: Browser, demo: Demo
) -> None:
    visitor = await Visitor.opens(browser, demo.address, SMALL)
    other = await Visitor.opens(browser, demo.address)
    await visitor.opens_chat("Dinkes Kendari")
    for number in range(20, 25):
        await visitor.says(f"/done {number}")
        await visitor.sees(f"✅ {number}.")
    await visitor.log.hover()
    await visitor.page.mouse.wheel(0, -9000)
    await expect(visitor.log.locator(".bubble").first).to_be_in_viewport()
    await other.opens_chat("Dinkes Kendari")
    await other.says("Terima kasih")
    newer = visitor.page.get_by_role("button", name="↓ pesan baru")
    await expect(newer).to_be_visible()
    assert await visitor.log.evaluate(FAR) > 120
    await newer.click()
    await expect(newer).to_be_hidden()
    await visitor.log.hover()
    await visitor.page.mouse.wheel(0, -9000)
    await expect(visitor.log.locator(".bubble").first).to_be_in_viewport()
    await visitor.says("/done 25")
    await visitor.sees("✅ 25.")

    await expect(visitor.last).to_be_in_viewport()
    await visitor.leaves()
    await other.leaves()
    assert visitor.complaints == other.complaints == []


async def test_nobody_is_chosen_beforehand_to_open_a_link(visitor: Visitor, demo: Demo) -> None:
    await visitor.is_now("Rina Wijaya")
    await visitor.opens_chat("Tuntas")
    await visitor.says("/undang sekretaris RSUD")
    await visitor.log.get_by_role("button", name="https://t.me/").last.click()
    opener = visitor.page.get_by_label("Yang membuka tautan ini:")
    await expect(opener).to_have_value("")
    await visitor.page.get_by_role("button", name="Buka, lalu Mulai").click()

    await expect(opener).to_be_visible()
    await expect(opener).to_be_focused()


async def test_nothing_of_the_chat_that_is_left_can_be_pressed_in_the_next(
    visitor: Visitor, demo: Demo
) -> None:
    """Its button would be taken for one of the chat that is on its way."""
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.says("/done 3")
    await visitor.sees("✅ 3.")
    budi, arrives = str(demo.scene.stage.actor("DUKCAPIL").id), asyncio.Event()

    async def hold(route: Route) -> None:
        await arrives.wait()
        await route.continue_()

    await visitor.page.route("**/api/stream*", hold)
    await visitor.page.get_by_label("Anda sekarang:").select_option(value=budi)

    await expect(visitor.log.locator(".key")).to_have_count(0)
    arrives.set()
    await visitor.page.unroute_all(behavior="wait")
    await expect(visitor.page.locator("#me-whole")).to_contain_text("Budi Santoso")


async def test_a_second_enter_presses_no_other_button(visitor: Visitor, demo: Demo) -> None:
    keys = visitor.page.keyboard
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.sends_clock("ke pengingat berikutnya")
    await visitor.sees("Tekan ✅")
    await visitor.log.get_by_role("button", name="✅ 14", exact=True).last.focus()
    await keys.press("Enter")
    await visitor.sees("✅ 14.")
    await expect(visitor.page.locator("article.bubble:focus")).to_have_count(1)
    await keys.press("Enter")
    await visitor.says("/daftar")
    await visitor.sees("Tekan butir")

    assert await numbers(demo, "DINKES") == [14]


async def test_back_on_a_phone_returns_to_the_list_and_drafts_stay(
    browser: Browser, demo: Demo
) -> None:
    visitor = await Visitor.opens(browser, demo.address, PHONE)
    page = visitor.page
    await expect(page.locator("#welcome")).to_be_visible()
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.box.fill("/done 3, ")
    await page.go_back()
    await expect(visitor.in_list("Dinkes Kendari")).to_be_visible()
    await expect(visitor.box).to_be_hidden()
    await visitor.opens_chat("Dinkes Kendari")
    await expect(visitor.box).to_have_value("/done 3, ")
    await page.reload()

    await expect(visitor.box).to_have_value("/done 3, ")
    await visitor.leaves()
    assert visitor.complaints == []


async def test_where_the_bot_is_absent_a_bar_says_so(visitor: Visitor) -> None:
    await visitor.is_now("Dewi Anggraini")
    await visitor.opens_chat("RSUD Kota Kendari")

    await expect(visitor.page.locator("#asleep")).to_have_text(
        "Tuntas tidak ada di grup ini; pesan tidak dibaca."
    )


async def test_a_running_clock_can_be_stopped_on_a_phone(browser: Browser, demo: Demo) -> None:
    visitor = await Visitor.opens(browser, demo.address, PHONE)
    await visitor.sends_clock("jalankan seminggu")
    stop = visitor.page.get_by_role("button", name="berhenti")
    await expect(stop).to_be_in_viewport(ratio=1)
    await expect(visitor.page.locator("#window")).to_have_text("berjalan seminggu…")
    await stop.click()

    await expect(stop).to_be_hidden()
    await visitor.leaves()
    assert visitor.complaints == []
