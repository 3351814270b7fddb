"""Trouble on demand, and nothing is lost by it."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from demo.web import facts
from tests.web.showing import Demo
from tests.web.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def numbers(demo: Demo, code: str) -> list[int]:
    """The items of this OPD that somebody confirmed."""
    desk = demo.scene.stage.machine.desk
    assert desk
    async with desk.view() as session:
        return [d.number for d in await facts.deeds(session, code) if d.verb == "submit"]


async def test_what_is_said_while_the_line_is_cut_is_answered_later(
    visitor: Visitor, demo: Demo
) -> None:
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.brings("Putuskan jaringan")
    await expect(visitor.page.locator("#asleep")).to_have_text("Jaringan bot terputus.")
    await visitor.says("/done 3")
    await expect(visitor.page.locator("#trouble-said")).to_contain_text("1 pesan")
    await visitor.brings("Sambungkan jaringan")

    await visitor.sees("✅ 3.")
    assert await numbers(demo, "DINKES") == [3]


async def test_a_bot_that_was_killed_finds_everything_again(visitor: Visitor, demo: Demo) -> None:
    await visitor.is_now("Budi Santoso")
    await visitor.opens_chat("Dukcapil Kendari")
    await visitor.says("/done 3")
    await visitor.sees("✅ 3.")
    await visitor.brings("Matikan bot")
    await expect(visitor.page.locator("#asleep")).to_have_text("Bot sedang mati.")
    await visitor.says("/done 3, 7")
    await visitor.brings("Hidupkan bot")

    await visitor.sees("✅ 7.")
    await visitor.sees("sudah tercatat")
    assert await numbers(demo, "DUKCAPIL") == [3, 7]


async def test_a_bot_killed_in_the_middle_of_an_answer_repeats_no_confirmation(
    visitor: Visitor, demo: Demo
) -> None:
    await visitor.is_now("Tono Sugiarto")
    await visitor.opens_chat("Kecamatan Baruga")
    await visitor.brings("Lambatkan Telegram")
    await visitor.says("/done 3")
    await visitor.brings("Matikan bot")
    await visitor.brings("Telegram cepat lagi")
    await visitor.brings("Hidupkan bot")

    await visitor.sees("✅ 3.")
    assert await numbers(demo, "KEC-BARUGA") == [3]


async def test_a_slow_telegram_does_not_hold_up_the_person(visitor: Visitor) -> None:
    await visitor.is_now("Maya Lestari")
    await visitor.opens_chat("DPMPTSP Kendari")
    await visitor.brings("Lambatkan Telegram")
    await visitor.says("/daftar")

    await visitor.sees("/daftar")
    await visitor.sees("Dinas Penanaman Modal")
    await visitor.brings("Telegram cepat lagi")


async def test_a_group_that_becomes_a_supergroup_stays_linked(visitor: Visitor) -> None:
    await visitor.is_now("Agus Salam")
    await visitor.opens_chat("Bapenda Kendari")
    await visitor.brings("Jadikan supergrup")
    await expect(visitor.log).to_contain_text("Grup ini menjadi supergrup")
    await visitor.says("/done@tuntas_bot 3")

    await visitor.sees("✅ 3.")


async def test_the_coordinator_hears_that_the_bot_was_thrown_out(visitor: Visitor) -> None:
    await visitor.is_now("Ratna Dewi")
    await visitor.opens_chat("Kecamatan Mandonga")
    await visitor.brings("Keluarkan bot dari grup")
    await expect(visitor.log).to_contain_text("mengeluarkan Tuntas")
    await expect(visitor.page.get_by_role("button", name="Menu perintah")).to_be_hidden()
    await visitor.is_now("Rina Wijaya")
    await visitor.opens_chat("Tuntas")
    await visitor.sends_clock("10 menit")

    await visitor.sees("Kecamatan Mandonga")
    await visitor.is_now("Ratna Dewi")
    await visitor.opens_chat("Kecamatan Mandonga")
    await visitor.brings("Masukkan bot ke grup")
    await visitor.sees("Grup ini")


async def test_no_reminder_is_waited_for_while_the_bot_is_dead(visitor: Visitor) -> None:
    await visitor.brings("Matikan bot")
    await visitor.sends_clock("ke pengingat berikutnya")

    await visitor.sees_word("Bot sedang tidak dapat mengirim apa pun")
    await visitor.brings("Hidupkan bot")
