"""Each act of the tour is ticked as it is done; and the steps after the day."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Browser, Locator, expect

from demo.web.tour.steps import DAY
from tests.web.showing import Demo
from tests.web.visitor import PHONE, Visitor

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("eve")]


def acts(visitor: Visitor) -> Locator:
    return visitor.page.locator(".deeds > li")


def now(visitor: Visitor) -> Locator:
    return visitor.page.locator(".deeds > li[aria-current=step]")


async def test_each_act_is_ticked_when_it_is_done_and_said_once(visitor: Visitor) -> None:
    said = visitor.page.locator("#tour-live")
    await expect(acts(visitor)).to_have_count(3)
    await expect(now(visitor)).to_contain_text("Jadilah Rina Wijaya (Koordinator)")
    await expect(said).to_be_empty()
    await visitor.is_now("Rina Wijaya")
    await visitor.opens_chat("Dinkes Kendari")
    await expect(now(visitor)).to_contain_text("Buka obrolan Tuntas")
    await expect(acts(visitor).first).to_contain_text("(selesai)")
    await expect(said).to_have_text(
        "Sudah: Jadilah Rina Wijaya (Koordinator). Berikutnya: Buka obrolan Tuntas."
    )
    await visitor.opens_chat("Tuntas")
    await expect(now(visitor)).to_contain_text("/cek")
    await visitor.is_now("Budi Santoso")
    await expect(now(visitor)).to_contain_text("Jadilah Rina Wijaya")
    await visitor.is_now("Rina Wijaya")
    await visitor.opens_chat("Tuntas")
    await visitor.says("/cek")

    await expect(visitor.page.locator("#tour-said")).to_have_text("Langkah 2 dari 10")
    await expect(acts(visitor).filter(has_text="(selesai)")).to_have_count(2)


async def test_on_a_phone_the_next_act_stands_above_the_chats(browser: Browser, demo: Demo) -> None:
    visitor = await Visitor.opens(browser, demo.address, PHONE)
    hint = visitor.page.locator("#hint-text")
    whole = visitor.page.locator("#me-whole")
    await expect(hint).to_have_text("1/10 · Jadilah Rina Wijaya (Koordinator)")
    await expect(whole).to_have_text("Sari Wulandari · Sekretaris Dinas Kesehatan")
    await expect(whole).to_be_in_viewport(ratio=1)
    await visitor.page.get_by_role("button", name="Petunjuk").click()
    await now(visitor).get_by_role("button").click()

    await expect(hint).to_have_text("1/10 · Kirim /cek")
    await expect(visitor.box).to_be_visible()
    await expect(whole).to_have_text("Rina Wijaya · Koordinator")
    await expect(visitor.page.locator("#me option:checked")).to_have_text(
        "Koordinator · Rina Wijaya"
    )
    assert await visitor.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    await visitor.leaves()
    assert visitor.complaints == []


async def test_on_a_phone_the_chats_are_seen_as_soon_as_the_clock_is_sent(
    browser: Browser, demo: Demo
) -> None:
    demo.scene.tour.at = [step.title for step in DAY].index("Pengingat pagi")
    demo.is_used = True
    visitor = await Visitor.opens(browser, demo.address, PHONE)
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.page.get_by_role("button", name="Petunjuk").click()
    await now(visitor).get_by_role("button", name="Majukan waktu").click()

    await visitor.presses("✅ 14")
    await expect(visitor.page.locator("#hint-text")).to_contain_text("7/10")
    await visitor.leaves()
    assert visitor.complaints == []


async def test_two_windows_that_look_at_once_pass_over_no_step(demo: Demo) -> None:
    stage, tour, time = demo.scene.stage, demo.scene.tour, demo.scene.time
    demo.is_used = True
    await time.go("reminder")
    assert time.going
    await time.going
    tour.at = [step.title for step in DAY].index("Pengingat pagi")
    sari = stage.actor("DINKES")
    seen = await asyncio.gather(*(tour.look(sari, stage.group("DINKES")) for _ in range(4)))

    assert DAY[tour.at].title == "Konfirmasi dengan tombol"
    assert {one["at"] for one in seen} == {tour.at}


async def test_after_the_day_obstacles_and_instructions_wait_for_whoever_wants_them(
    visitor: Visitor, demo: Demo
) -> None:
    said = visitor.page.locator("#tour-said")
    hint = visitor.page.locator("#hint")
    await now(visitor).get_by_role("button").click()
    demo.scene.tour.at = len(DAY)
    demo.scene.stage.hub.changed()
    await expect(said).to_contain_text("Tur selesai")
    await expect(said).to_contain_text("1 dari 3")
    await visitor.page.get_by_role("button", name="Tutup panduan").click()
    await expect(hint).to_be_hidden()
    await visitor.page.get_by_role("button", name="Panduan", exact=True).click()

    await follows_example(visitor)
    await visitor.page.get_by_role("button", name="Tutup panduan").click()
    await expect(hint).to_contain_text("Lanjutan · Tekan jenisnya")
    await visitor.page.get_by_role("button", name="Panduan", exact=True).click()
    await visitor.presses("Sarana/aplikasi")
    await expect(said).to_contain_text("2 dari 3")

    await now(visitor).get_by_role("button").click()
    await expect(now(visitor)).to_contain_text("Teruskan ke Sekda")
    await visitor.presses("⬆️ Teruskan ke Sekda")
    await expect(now(visitor)).to_contain_text("Jadilah Bambang Setiawan")
    await now(visitor).get_by_role("button").click()
    await visitor.presses("💬 Jawab")
    await expect(visitor.page.locator("#answering")).to_be_visible()
    await visitor.says("Server diganti besok")
    await expect(said).to_contain_text("3 dari 3")

    await follows_example(visitor)
    await visitor.presses("✅ Simpan")
    await expect(now(visitor)).to_contain_text("Jadilah Sari Wulandari")
    await now(visitor).get_by_role("button").click()
    await visitor.presses("✋ Diterima")
    await expect(said).to_have_text("Tur selesai. Silakan mencoba apa saja.")
    await expect(visitor.page.locator("#tour-list > .done")).to_have_count(13)


async def follows_example(visitor: Visitor) -> None:
    await visitor.page.locator("#tour-list .code").click()
    await visitor.page.get_by_role("button", name="Kirim", exact=True).click()
