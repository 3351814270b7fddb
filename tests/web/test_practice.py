"""A secretary who practises is told what went wrong, and when it is right."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.web.visitor import Visitor

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("eve")]


async def test_what_goes_wrong_is_said_until_every_exercise_is_right(visitor: Visitor) -> None:
    coach = visitor.page.locator("#practice-said")
    done = visitor.page.locator("#practice-list .done")
    await visitor.page.get_by_role("tab", name="Latihan").click()
    await visitor.page.get_by_role("button", name="Mulai latihan").click()
    await expect(visitor.page.locator("#practice-list [aria-current] h3")).to_be_focused()

    await visitor.says("5 dan 8 selesai")
    await expect(coach).to_contain_text("Tuntas tidak mendengar pesan itu")
    await visitor.says("/doen 5, 8")
    await expect(coach).to_contain_text("Belum ada yang berubah")
    await visitor.says("/done 4, 5")
    await expect(coach).to_contain_text("Perbaiki: /batalkan 4")
    await visitor.says("/batalkan 4")
    await expect(coach).to_have_text("Masih kurang: butir 8.")
    await visitor.says("/done 8")
    await expect(done).to_have_count(1)

    await visitor.says("/done 16-18")
    await expect(coach).to_contain_text("tanpa tautan bukti")
    await visitor.says("/done 16-18 https://drive.example/bukti")
    await expect(done).to_have_count(2)

    await visitor.says("/batalkan 8")
    await expect(done).to_have_count(3)

    await visitor.says("/daftar")
    await visitor.sees("Tekan butir untuk melihat rinciannya.")
    await visitor.last.locator(".key", has_text="⬜").first.click()
    await visitor.log.locator(".key", has_text="✅").first.click()
    await expect(done).to_have_count(4)
    await expect(coach).to_have_text("Semua latihan selesai.")
