"""Messages follow the state: an old button goes once it has had its use, and what shows one thing,
such as an obstacle, shows it as it is. An edit rings for nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from telegram import InlineKeyboardMarkup
from telegram import error as tg

from bot import anew, saying, uses
from bot.context import Answer, Context, Desk
from bot.living import hashed
from bot.pace import BROADCAST
from db import living
from db.engine import Session
from db.living import Alive

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """What a message is to show now; its words only where they follow too."""

    of: Alive
    now: Answer

    @property
    def shown(self) -> str:
        return hashed(self.now.text, self.now.keyboard)


async def follow(context: Context) -> bool:
    """Bring some of those up to date that may have to change. Whether there may be more."""
    desk = context.desk
    async with desk.view() as session:
        due = await living.due(session, desk.now())
        pages = [Page(one, await _now(desk, session, one)) for one in due]
    if pages:
        await _bring(context, pages)
    return len(pages) == living.AT_ONCE


async def _now(desk: Desk, session: Session, one: Alive) -> Answer:
    begun = InlineKeyboardMarkup.de_json(one.keyboard) if one.keyboard else None
    said = await anew.WRITERS[one.kind](desk, session, one.facts) if one.kind else Answer()
    keyboard = said.keyboard or begun
    left = await uses.left(session, keyboard, desk.now()) if keyboard else None
    return Answer(said.text, left)


async def _bring(context: Context, pages: Sequence[Page]) -> None:
    """Where Telegram does not answer, all of them wait."""
    there, gone, waiting = [], [], list(pages)
    for page in pages:
        try:
            await _edit(context, page)
        except (tg.Forbidden, tg.BadRequest, tg.ChatMigrated) as refused:
            log.info("A message follows no more", trouble=str(refused))
            gone.append(page)
        except tg.TelegramError as trouble:
            log.warning("Messages follow later", trouble=str(trouble))
            break
        else:
            there.append(page)
        waiting.remove(page)
    await _note(context.desk, there, gone, waiting)


async def _edit(context: Context, page: Page) -> None:
    shown = context.desk.put_out.pop(page.of.where, page.of.shown)
    if page.shown in {shown, page.of.shown}:
        return
    same_words = page.shown.split(":")[0] == page.of.shown.split(":")[0]
    said = Answer(keyboard=page.now.keyboard) if same_words else page.now
    await saying.anew(context, page.of.where, said, kind=BROADCAST)


async def _note(
    desk: Desk, there: Sequence[Page], gone: Sequence[Page], waiting: Sequence[Page]
) -> None:
    async with desk.transaction() as session:
        for page in there:
            await living.shows(session, page.of, page.shown)
        for page in gone:
            await living.forget(session, page.of.where)
        await living.later(session, [page.of for page in waiting], desk.now())
