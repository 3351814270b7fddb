"""What the `/` menus and the bot's profile show: set where Telegram shows something else.

Nothing is owed for a menu. The posts in the database say what each should be, a turn a minute
brings Telegram up to it, and one that cannot be set costs nobody an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

import structlog
from telegram import (
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, Forbidden, TelegramError

from bot import messages
from bot.commands import Command, seen
from bot.context import Context
from bot.gate import OF_OPD
from bot.stopping import pause
from db import people
from db.models import Role

log = structlog.get_logger(__name__)

MOST = 12  # commands in one menu: it is a list to scroll, the most frequent first
A_TURN = 20  # menus looked at in one turn: answers to people come first
EVERY = 60.0  # seconds

Lines = tuple[tuple[str, str], ...]
EVERYBODY, GROUPS = BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()


@dataclass(frozen=True, slots=True)
class Menu:
    """What one scope shall show. Without lines it has no menu of its own."""

    scope: BotCommandScope
    lines: Lines

    @property
    def key(self) -> str:
        return self.scope.to_json()


async def forever(context: Context, commands: Sequence[Command], stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await keep(context, commands)
        except Exception:
            log.exception("While setting menus")
        await pause(stop, EVERY)


async def keep(context: Context, commands: Sequence[Command]) -> None:
    """One turn: the profile, the menus of all, then of whoever's posts changed last."""
    await _profile(context)
    shown, left = context.desk.shown, A_TURN
    for menu in await wanted(context, commands):
        if shown.get(menu.key) != menu.lines:
            if left == 0 or context.desk.pace.closing.is_set():
                return
            left -= 1
            await _settle(context, menu.key, menu.lines, partial(_set, context, menu))


async def wanted(context: Context, commands: Sequence[Command]) -> list[Menu]:
    async with context.desk.view() as session:
        everybody = await people.by_latest_change(session)
    of_people = [
        Menu(BotCommandScopeChat(user_id), lines(commands, roles, is_private=True) if roles else ())
        for user_id, roles in everybody
    ]
    return [
        Menu(EVERYBODY, lines(commands, (), is_private=True)),
        Menu(GROUPS, lines(commands, OF_OPD, is_private=False)),
        *of_people,
    ]


def lines(commands: Sequence[Command], roles: Sequence[Role], *, is_private: bool) -> Lines:
    """The first of the table; its last, the help, is always among them."""
    mine = [(c.names[0], c.menu) for c in seen(commands, roles, is_private=is_private)]
    return tuple(mine if len(mine) <= MOST else [*mine[: MOST - 1], mine[-1]])


async def _set(context: Context, menu: Menu) -> None:
    there = await context.bot.get_my_commands(scope=menu.scope)
    if tuple((c.command, c.description) for c in there) == menu.lines:
        return
    if menu.lines:
        await context.bot.set_my_commands(menu.lines, scope=menu.scope)
    else:
        await context.bot.delete_my_commands(scope=menu.scope)


async def _profile(context: Context) -> None:
    """What stands in the empty chat before Start, and on the bot's card."""
    bot, city = context.bot, context.desk.settings.city
    long, short = messages.description(city), messages.short_description(city)

    async def set_long() -> None:
        if (await bot.get_my_description()).description != long:
            await bot.set_my_description(long)

    async def set_short() -> None:
        if (await bot.get_my_short_description()).short_description != short:
            await bot.set_my_short_description(short)

    await _settle(context, "description", long, set_long)
    await _settle(context, "short description", short, set_short)


async def _settle(
    context: Context, key: str, value: object, act: Callable[[], Awaitable[None]]
) -> None:
    """Once for each value, unless Telegram was away."""
    if context.desk.shown.get(key) == value:
        return
    try:
        await act()
    except (BadRequest, Forbidden) as refused:
        log.info("A menu cannot be set", of=key, why=str(refused))
    except TelegramError as trouble:
        log.warning("A menu is set later", of=key, why=str(trouble))
        return
    context.desk.shown[key] = value
