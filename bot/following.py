"""Messages follow the state: an old button goes once it has had its use, and what shows one thing,
such as an obstacle, shows it as it is. An edit rings for nobody."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from telegram import InlineKeyboardMarkup
from telegram import error as tg

from bot import anew, saying, uses
from bot.context import Answer, Context, Desk
from bot.living import buttons_of, hashed, words_of
from bot.pace import BROADCAST
from bot.parts import in_parts
from db import living
from db.engine import Session, Unavailable
from db.living import Alive
from db.refusal import Refusal
from db.reports import readers

LONGEST = 5.0  # seconds at a time: what is owed waits for us
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """What a message is to show now; its words only where they follow too."""

    of: Alive
    now: Answer

    @property
    def shown(self) -> str:
        return hashed(self.now.text, self.now.keyboard)


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a message. `shown`: as of db.living, where it is as it should be. `wait`:
    until another look."""

    of: Alive
    shown: str = ""
    wait: timedelta | None = None


async def follow(context: Context) -> bool:
    """Bring some of those up to date that may have to change. Whether there may be more."""
    desk = context.desk
    async with desk.view() as session:
        due = await living.due(session, desk.now())
    if not due:
        return False
    async with desk.transaction() as session:
        taken = await living.take(session, due, desk.now())
    became = await _bring(context, due)
    async with desk.transaction() as session:
        for one in became:
            if one.shown:
                await living.shows(session, one.of, one.shown, taken)
            elif one.wait is not None:
                await living.later(session, one.of, taken, desk.now() + one.wait)
            else:
                await living.leave(session, one.of)
    return len(due) == living.AT_ONCE and not any(one.wait for one in became)


async def _bring(context: Context, due: Collection[Alive]) -> list[Became]:
    """Where Telegram does not answer, all that are left wait."""
    began, became, wait = time.monotonic(), list[Became](), None
    for one in due:
        if wait is None and time.monotonic() - began > LONGEST:
            wait = timedelta(0)
        if wait is None and (spare := context.desk.pace.spare_in(one.where[0])):
            became.append(Became(one, wait=timedelta(seconds=spare)))
            continue
        if wait is None:
            try:
                became.append(await _look(context, one))
                continue
            except tg.TelegramError as trouble:
                log.warning("Messages follow later", trouble=str(trouble))
                became.append(Became(one, wait=living.AGAIN))
                wait = living.AGAIN / 2  # it may be this one's alone: the others go first
                continue
        became.append(Became(one, wait=wait))
    return became


async def _look(context: Context, one: Alive) -> Became:
    """One that cannot be written or changed follows no more, and holds up no other. Raises the
    TelegramError after which it is tried again."""
    try:
        async with context.desk.view() as session:
            if not await _may_follow(session, one):
                return Became(one)
            page = Page(one, await _now(context.desk, session, one))
        await _edit(context, page)
    except (tg.Forbidden, tg.BadRequest, tg.ChatMigrated) as refused:
        log.info("A message follows no more", trouble=str(refused))
        return Became(one)
    except (tg.TelegramError, *Unavailable):
        raise
    except Exception:
        log.exception("A message cannot follow", kind=one.kind)
        return Became(one)
    return Became(one, page.shown)


async def _may_follow(session: Session, one: Alive) -> bool:
    if not await living.stands(session, one):
        return False
    return await readers.may_hear(session, one.where[0], one.opd_id)


async def _now(desk: Desk, session: Session, one: Alive) -> Answer:
    begun = InlineKeyboardMarkup.de_json(one.keyboard) if one.keyboard else None
    said = await _said(desk, session, one)
    keyboard = said.keyboard or begun
    left = await uses.left(session, keyboard, desk.now()) if keyboard else None
    return Answer(said.text, left)


async def _said(desk: Desk, session: Session, one: Alive) -> Answer:
    """Of what is gone, such as an item that was dropped, the words stay; and where there have come
    to be too many for a message."""
    if not one.kind:
        return Answer()
    try:
        said = await anew.WRITERS[one.kind](desk, session, one.facts)
    except Refusal:
        return Answer()
    return said if len(in_parts(said.text)) == 1 else replace(said, text="")


async def _edit(context: Context, page: Page) -> None:
    desk, before = context.desk, page.of.shown
    words = words_of(before)
    pressed = desk.put_out.get(page.of.where)
    if page.shown != f"{words}:{pressed or buttons_of(before)}":
        said = Answer(keyboard=page.now.keyboard) if words_of(page.shown) == words else page.now
        await saying.anew(context, page.of.where, said, kind=BROADCAST)
    if desk.put_out.get(page.of.where) == pressed:
        desk.put_out.pop(page.of.where, None)
