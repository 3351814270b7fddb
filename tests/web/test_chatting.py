"""The page behaves like a chat program."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.web.showing import Demo
from tests.web.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_a_secretary_says_is_answered_at_once(visitor: Visitor) -> None:
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.says("/done 3, 7")

    await visitor.sees("✅ 3.")


async def test_whoever_lacks_the_right_hears_so_in_a_pop_up(visitor: Visitor) -> None:
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.sends_clock("ke pengingat berikutnya")
    await visitor.sees("Tekan ✅")
    await visitor.is_now("Lina Marlina")
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.presses("✅ 14")

    await expect(visitor.page.get_by_role("dialog")).to_contain_text(
        "Hanya untuk sekretaris, kepala"
    )


async def test_two_windows_are_two_people_in_one_city(
    visitor: Visitor, browser: Browser, demo: Demo
) -> None:
    other = await Visitor.opens(browser, demo.address)
    await other.is_now("Lina Marlina")
    await other.opens_chat("Dinkes Kendari")
    await other.opens_chat("Tuntas")
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.says("/done 20")
    unread = other.in_list("Dinkes Kendari").locator(".unread")

    await expect(unread).to_contain_text("2")
    await other.opens_chat("Dinkes Kendari")
    await other.sees("✅ 20.")
    await expect(unread).to_have_count(0)
    await other.leaves()
    assert other.complaints == []


async def test_a_file_is_attached_shown_and_can_be_saved(visitor: Visitor) -> None:
    file = {"name": "laporan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 laporan"}
    await visitor.opens_chat("Tuntas")
    await visitor.page.locator("#file").set_input_files(files=[file])  # type: ignore[list-item]
    await expect(visitor.page.locator("#attached")).to_contain_text("laporan.pdf")
    await visitor.says("Ini laporannya")
    sent = visitor.log.get_by_role("link", name="laporan.pdf")
    async with visitor.page.expect_download() as saving:
        await sent.click()

    saved = await (await saving.value).path()
    assert saved.read_bytes() == b"%PDF-1.7 laporan"


async def test_the_menu_offers_what_this_person_may_do_here(visitor: Visitor) -> None:
    options = visitor.page.get_by_role("option", name="/")
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.box.press_sequentially("/d")
    await expect(options).to_have_text(["/done Konfirmasi butir selesai", "/daftar Daftar butir"])
    await visitor.is_now("Bambang Setiawan")
    await visitor.opens_chat("Tuntas")
    await visitor.page.get_by_role("button", name="Menu perintah").click()

    await expect(options.filter(has_text="/ringkasan")).to_have_count(1)
    await expect(options.filter(has_text="/done")).to_have_count(0)


async def test_a_message_is_answered_and_changed(visitor: Visitor) -> None:
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.last.get_by_role("button", name="Balas").click()
    await visitor.says("Terima kasih")
    mine = visitor.log.locator(".bubble.mine", has_text="Terima kasih")
    await expect(mine.locator(".quoted")).to_contain_text("Tuntas")
    await mine.get_by_role("button", name="Ubah").click()
    await visitor.says("Terima kasih banyak")

    await expect(visitor.log).to_contain_text("Terima kasih banyak")
    await expect(visitor.log.locator(".when", has_text="diubah")).to_have_count(1)


async def test_a_reload_stays_with_the_person_and_the_chat(visitor: Visitor) -> None:
    await visitor.is_now("Budi Santoso")
    await visitor.opens_chat("Dukcapil Kendari")
    await visitor.page.reload()

    await expect(visitor.page.locator("#talk-title")).to_have_text("Dukcapil Kendari")
    await expect(visitor.page.locator("#me option:checked")).to_contain_text("Budi Santoso")


async def test_what_people_write_is_never_read_as_markup(visitor: Visitor) -> None:
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.says("<img src=x onerror=alert(1)><b>tebal</b>")

    await visitor.sees("<img src=x onerror=alert(1)><b>tebal</b>")
    assert await visitor.last.locator("img, b").count() == 0


async def test_the_city_can_begin_anew(visitor: Visitor) -> None:
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.says("/done 21")
    await visitor.sees("✅ 21.")
    await visitor.page.get_by_role("button", name="Mulai dari awal").click()
    dialog = visitor.page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Mulai dari awal").click()

    await expect(visitor.log).not_to_contain_text("✅ 21.")
    await visitor.says("/done 21")
    await visitor.sees("✅ 21.")


async def test_nobody_sees_a_token_behind_start(visitor: Visitor) -> None:
    await visitor.opens_chat("Tuntas")

    await expect(visitor.log.locator(".mine .words").first).to_have_text("/start")
