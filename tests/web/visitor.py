"""Somebody in front of the page: what they do, in the page's own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Locator, Page, Request, expect

DESK, PHONE = (1280, 800), (390, 844)
PATIENCE = 30_000  # milliseconds; nothing here takes a second on a machine that has time
expect.set_options(timeout=PATIENCE)


@dataclass
class Visitor:
    """`complaints`: errors of the page, and whatever it wanted from outside this machine."""

    page: Page
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    @classmethod
    async def opens(
        cls, browser: Browser, address: str, size: tuple[int, int] = DESK, **more: Any
    ) -> Visitor:
        width, height = size
        context = await browser.new_context(
            viewport={"width": width, "height": height}, locale="id-ID", **more
        )
        context.set_default_timeout(PATIENCE)
        visitor = cls(await context.new_page(), context)
        visitor._listens(urlsplit(address).netloc)
        await visitor.page.goto(address)
        await visitor.page.wait_for_selector("body[data-drawn]")
        return visitor

    def _listens(self, here: str) -> None:
        def asked(request: Request) -> None:
            if urlsplit(request.url).netloc != here:
                self.complaints.append(request.url)

        self.page.on("request", asked)
        self.page.on("pageerror", lambda wrong: self.complaints.append(str(wrong)))
        self.page.on("console", lambda said: self.complaints.append(said.text))

    async def leaves(self) -> None:
        await self.context.close()

    # what one does

    async def is_now(self, name: str) -> None:
        people = self.page.get_by_label("Anda sekarang:")
        option = people.locator("option", has_text=name)
        await people.select_option(value=await option.get_attribute("value"))
        await expect(self.page.locator("#me option:checked")).to_contain_text(name)

    async def opens_chat(self, title: str) -> None:
        await self.in_list(title).locator("button").click()
        await expect(self.page.locator("#talk-title")).to_have_text(title)

    async def says(self, text: str) -> None:
        await self.box.fill(text)
        await self.page.get_by_role("button", name="Kirim", exact=True).click()
        await expect(self.box).to_have_value("")

    async def presses(self, label: str) -> None:
        """The newest button of this name in the chat."""
        await self.log.get_by_role("button", name=label, exact=True).last.click()

    async def sends_clock(self, where: str) -> None:
        await self.page.get_by_role("button", name=where).click()

    async def brings(self, trouble: str) -> None:
        await self.page.get_by_role("tab", name="Gangguan").click()
        await self.page.get_by_role("button", name=trouble, exact=True).click()

    # what one sees

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("Pesan", exact=True)

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def last(self) -> Locator:
        return self.log.locator(".bubble").last

    def in_list(self, title: str) -> Locator:
        named = self.page.locator(".title").get_by_text(title, exact=True)
        return self.page.locator("#chat-list li").filter(has=named)

    async def sees(self, words: str) -> None:
        """The newest bubble says that, sooner or later."""
        await expect(self.last).to_contain_text(words)

    async def sees_word(self, words: str) -> None:
        """A word that goes by itself."""
        await expect(self.page.locator("#toast.shown")).to_contain_text(words)
