"""Take the pictures of the README and the guides from the demo itself: `make pictures`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, expect

from demo.web import eve as eves
from demo.web.eve import Eve
from tests.web.showing import chromium, serving
from tests.web.visitor import DESK, PHONE, Visitor

FOLDER = Path(__file__).parent.parent.parent / "docs" / "pictures"
Colours = Literal["light", "dark"]
Play = Callable[[Visitor], Awaitable[None]]


async def reminder(visitor: Visitor) -> None:
    """A group in the morning, and the button that was pressed."""
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.sends_clock("ke pengingat berikutnya")
    await visitor.sees("Tekan ✅")
    await visitor.presses("✅ 14")
    await visitor.sees("✅ 14.")


async def receipt(visitor: Visitor) -> None:
    """Several items at once, with evidence."""
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.says("/done 3, 7 dan 10-12 https://drive.example/dinkes")
    await visitor.sees("✅ 12.")


async def menu(visitor: Visitor) -> None:
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.page.get_by_role("button", name="Menu perintah").click()


async def link(visitor: Visitor) -> None:
    """What a secretary sees after Start, and the group that they choose."""
    await visitor.opens_chat("Tuntas")
    await visitor.presses("➕ Hubungkan grup ↗")
    await expect(visitor.page.get_by_role("dialog")).to_be_visible()


async def readiness(visitor: Visitor) -> None:
    await visitor.is_now("Rina Wijaya")
    await visitor.opens_chat("Tuntas")
    await visitor.says("/cek")
    await visitor.sees("Siap")


async def digest(visitor: Visitor) -> None:
    await visitor.opens_chat("Dinkes Kendari")
    await visitor.says("/done 1-9, 32 https://drive.example/dinkes")
    await visitor.sees("✅")
    await visitor.is_now("Bambang Setiawan")
    await visitor.opens_chat("Tuntas")
    await visitor.sends_clock("ke ringkasan")
    await visitor.sees("Dikonfirmasi")


async def practice(visitor: Visitor) -> None:
    await visitor.page.get_by_role("tab", name="Latihan").click()
    await visitor.page.get_by_role("button", name="Mulai latihan").click()
    await expect(visitor.page.locator("#practice-list [aria-current] h3")).to_be_focused()
    await visitor.says("/done 4, 5")
    await expect(visitor.page.locator("#practice-said")).to_contain_text("Perbaiki")


PICTURES: dict[str, tuple[Play, tuple[int, int], Colours]] = {
    "desk-light": (reminder, DESK, "light"),
    "desk-dark": (digest, DESK, "dark"),
    "phone-light": (reminder, PHONE, "light"),
    "phone-dark": (digest, PHONE, "dark"),
    "secretary-done": (receipt, PHONE, "light"),
    "secretary-menu": (menu, PHONE, "light"),
    "secretary-link": (link, PHONE, "light"),
    "coordinator-readiness": (readiness, PHONE, "light"),
    "practice": (practice, DESK, "light"),
}


async def main(names: list[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    eve = await eves.play()
    async with chromium() as browser:
        for name in names or PICTURES:
            await take(browser, eve, name)


async def take(browser: Browser, eve: Eve, name: str) -> None:
    """Each from a city of its own."""
    play, size, colours = PICTURES[name]
    scale = 2 if size is PHONE else 1
    async with serving(eve) as demo:
        visitor = await Visitor.opens(
            browser, demo.address, size, color_scheme=colours, device_scale_factor=scale
        )
        await play(visitor)
        await visitor.page.evaluate("document.querySelector('#toast').classList.remove('shown')")
        await visitor.page.mouse.move(0, 0)
        await visitor.page.screenshot(path=FOLDER / f"{name}.png")
        await visitor.leaves()
    print(f"{name}.png")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
