"""A secretary who practises is told what went wrong, and when it is right."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, expect

from tests.web.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


def coach(visitor: Visitor) -> Locator:
    return visitor.page.locator("#practice-said")


async def begins(visitor: Visitor) -> Locator:
    """The exercises that are done."""
    await visitor.page.get_by_role("tab", name="Latihan").click()
    await visitor.page.get_by_role("button", name="Mulai latihan").click()
    await expect(visitor.page.locator("#practice-list [aria-current]")).to_be_visible()
    await expect(visitor.page.locator("#talk-title")).to_have_text("Dinkes Kendari")
    return visitor.page.locator("#practice-list .done")


async def test_every_exercise_can_be_done(visitor: Visitor) -> None:
    done = await begins(visitor)
    await visitor.says("/done 5, 8")
    await expect(done).to_have_count(1)
    await visitor.says("/done 16-18 https://drive.example/bukti")
    await expect(done).to_have_count(2)
    await visitor.says("/batalkan 8")
    await expect(done).to_have_count(3)
    await visitor.says("/daftar")
    await visitor.sees("Dinas Kesehatan")
    await visitor.page.locator("#log .bubble").last.locator(".key").first.click()
    await visitor.page.locator("#log .key", has_text="✅").first.click()

    await expect(done).to_have_count(4)
    await expect(coach(visitor)).to_have_text("Semua latihan selesai.")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("5 dan 8 selesai", "Tuntas tidak mendengar pesan itu"),
        ("/doen 5, 8", "Belum ada yang berubah"),
        ("/done 5", "Masih kurang: butir 8."),
        ("/done 4, 5", "Perbaiki: /batalkan 4"),
    ],
)
async def test_what_went_wrong_is_said_with_what_would_be_right(
    visitor: Visitor, said: str, told: str
) -> None:
    await begins(visitor)
    await visitor.says(said)

    await expect(coach(visitor)).to_contain_text(told)


async def test_a_mistake_can_be_mended(visitor: Visitor) -> None:
    done = await begins(visitor)
    await visitor.says("/done 4, 5")
    await expect(coach(visitor)).to_contain_text("/batalkan 4")
    await visitor.says("/batalkan 4")
    await expect(coach(visitor)).to_contain_text("Masih kurang: butir 8.")
    await visitor.says("/done 8")

    await expect(done).to_have_count(1)
