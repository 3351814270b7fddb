"""The page behaves like a chat program."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.web.conftest import Demo
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

    await expect(visitor.page.get_by_role("dialog")).to_contain_text("Hanya untuk sekretaris OPD")


async def test_two_windows_are_two_people_in_one_city(
    visitor: Visitor, browser: Browser, demo: Demo
) -> None:
    other = await Visitor.opens(browser, demo.address)
    await other.is_now("Lina Marlina")
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.says("/done 3")
    unread = other.in_list("Dinkes Kendari").locator(".unread")

    await expect(unread).to_contain_text("2")
    await other.opens_chat("Dinkes Kendari")
    await other.sees("✅ 3.")
    await expect(unread).to_have_count(0)
    await other.leaves()
    assert other.complaints == []
