"""Each linked group as Telegram has it now: whether the bot is in it, and may write there."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from telegram import Bot, ChatMember
from telegram import error as tg

from bot.checks.account import said
from bot.checks.city import of_trouble
from bot.checks.finding import Finding, fine, hint
from bot.quiet import bot_of
from config.settings import Settings
from db.chats import OpdFacts
from db.reach import NO_TOPIC, OF_A_TOPIC, REMOVED, SILENCED

AT_ONCE = 4
EVENLY = 0.05  # seconds between two questions: the running bot speaks beside us
SILENTLY = "cancel"  # of sendChatAction: nobody sees it
MUTED, UPGRADED = "muted", "upgraded"
GONE = ("kicked", "not a member", "chat not found", "group chat was deleted", "deactivated")


T = TypeVar("T")


@dataclass(slots=True)
class Look:
    """`troubles`: by OPD, why its group cannot be written to. `cut`: what ended the looking.
    `free_at`: when the next question may be asked, by the loop's clock."""

    bot: Bot
    troubles: dict[str, str] = field(default_factory=dict)
    cut: tg.TelegramError | None = None
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    free_at: float = 0.0

    async def ask(self, question: Callable[[], Awaitable[T]]) -> T:
        """One after the other; when Telegram wants silence, all are silent that long."""
        clock = asyncio.get_running_loop().time
        while True:
            turn = max(self.free_at, clock())
            self.free_at = turn + EVENLY
            await asyncio.sleep(turn - clock())
            try:
                return await question()
            except tg.RetryAfter as later:
                wait: Any = later.retry_after  # a timedelta by PTB_TIMEDELTA (bot.quiet)
                self.free_at = max(self.free_at, clock() + wait.total_seconds())


async def groups(settings: Settings, every: Sequence[OpdFacts]) -> list[Finding]:
    """What is not known yet. One sentence for all where Telegram goes away meanwhile."""
    linked = [opd for opd in every if opd.chat_id is not None]
    if not linked:
        return []
    try:
        async with bot_of(settings) as bot:
            look = Look(bot)
            await asyncio.gather(*(_see(look, opds) for opds in _by_chat(linked)))
            cut = look.cut
    except tg.TelegramError as trouble:
        cut = trouble
    if cut:
        return [hint("groups-unseen", count=len(linked), why=said(cut))]
    return _found(look, linked)


def _by_chat(linked: Sequence[OpdFacts]) -> list[list[OpdFacts]]:
    chats = defaultdict(list)
    for opd in linked:
        chats[opd.chat_id].append(opd)
    return list(chats.values())


def _found(look: Look, linked: Sequence[OpdFacts]) -> list[Finding]:
    """Alike together; what the database says already is told elsewhere."""
    news, back = defaultdict(list), []
    for opd in linked:
        why = look.troubles.get(opd.code, "")
        if why and not opd.chat_trouble:
            news[why].append(opd.code)
        elif opd.chat_trouble not in ("", *OF_A_TOPIC) and not why:  # a closed one is not seen
            back.append(opd.code)
    good = sum(opd.code not in look.troubles for opd in linked)
    told = [fine("groups", count=good)] if good else []
    told += [_of(why, tuple(codes)) for why, codes in sorted(news.items())]
    return told + ([hint("group-back", opd=tuple(back))] if back else [])


def _of(why: str, codes: tuple[str, ...]) -> Finding:
    match why:
        case "muted" | "upgraded":
            return hint(f"group-{why}", opd=codes)
        case _:
            return of_trouble(why, codes)


async def _see(look: Look, opds: list[OpdFacts]) -> None:
    """A group, and the topics of it that are some OPD's."""
    async with look.slots:
        try:
            why = await _why_not(look, opds[0].chat_id or 0)
            for opd in opds:
                look.troubles |= {opd.code: why} if why else await _topic(look, opd)
        except tg.TelegramError as trouble:
            look.cut = look.cut or trouble


async def _why_not(look: Look, chat_id: int) -> str:
    bot = look.bot
    try:
        await look.ask(lambda: _act(bot, chat_id))
        me = await look.ask(lambda: bot.get_chat_member(chat_id, bot.id))
        chat = await look.ask(lambda: bot.get_chat(chat_id))
    except tg.ChatMigrated:
        return UPGRADED
    except (tg.Forbidden, tg.BadRequest) as refused:
        return REMOVED if any(word in str(refused).lower() for word in GONE) else said(refused)
    if me.status in (ChatMember.LEFT, ChatMember.BANNED):
        return REMOVED
    if not getattr(me, "can_send_messages", True):
        return SILENCED
    is_admin = me.status in (ChatMember.ADMINISTRATOR, ChatMember.OWNER)
    may_members = chat.permissions is None or chat.permissions.can_send_messages is not False
    return "" if is_admin or may_members else MUTED


async def _topic(look: Look, opd: OpdFacts) -> dict[str, str]:
    if not opd.topic_id:
        return {}
    try:
        await look.ask(lambda: _act(look.bot, opd.chat_id or 0, opd.topic_id))
    except tg.BadRequest as refused:
        is_gone = NO_TOPIC in str(refused).lower()
        return {opd.code: NO_TOPIC if is_gone else said(refused)}
    return {}


async def _act(bot: Bot, chat_id: int, topic: int | None = None) -> None:
    """As if to write: it shows nothing, and is refused as a message would be."""
    await bot.send_chat_action(chat_id, SILENTLY, message_thread_id=topic)
