"""Each linked group as Telegram has it now: whether the bot is in it, and may write there."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from telegram import Bot, ChatMember
from telegram import error as tg

from bot.checks.account import said
from bot.checks.city import of_trouble
from bot.checks.finding import Finding, fine, hint
from bot.quiet import bot_of
from config.settings import Settings
from db.chats import OpdFacts
from db.reach import NO_TOPIC, OF_A_TOPIC, REMOVED, SILENCED

AT_ONCE = 8
SILENTLY = "cancel"  # of sendChatAction: nobody sees it
MUTED, UPGRADED = "muted", "upgraded"
GONE = ("kicked", "not a member", "chat not found", "group chat was deleted", "deactivated")


@dataclass(slots=True)
class Look:
    """`troubles`: by OPD, why its group cannot be written to. `cut`: what ended the looking."""

    bot: Bot
    troubles: dict[str, str] = field(default_factory=dict)
    cut: tg.TelegramError | None = None
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))


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
            why = await _why_not(look.bot, opds[0].chat_id or 0)
            for opd in opds:
                look.troubles |= {opd.code: why} if why else await _topic(look.bot, opd)
        except tg.TelegramError as trouble:
            look.cut = look.cut or trouble


async def _why_not(bot: Bot, chat_id: int) -> str:
    try:
        await _ask(bot, chat_id)
        me = await bot.get_chat_member(chat_id, bot.id)
        chat = await bot.get_chat(chat_id)
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


async def _topic(bot: Bot, opd: OpdFacts) -> dict[str, str]:
    if not opd.topic_id:
        return {}
    try:
        await _ask(bot, opd.chat_id or 0, opd.topic_id)
    except tg.BadRequest as refused:
        is_gone = NO_TOPIC in str(refused).lower()
        return {opd.code: NO_TOPIC if is_gone else said(refused)}
    return {}


async def _ask(bot: Bot, chat_id: int, topic: int | None = None) -> None:
    """Act as if to write: it shows nothing, and is refused as a message would be."""
    while True:
        try:
            await bot.send_chat_action(chat_id, SILENTLY, message_thread_id=topic)
        except tg.RetryAfter as wait:
            gap = wait.retry_after
            seconds = gap.total_seconds() if isinstance(gap, timedelta) else gap
            await asyncio.sleep(seconds)
        else:
            return
