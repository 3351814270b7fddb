"""What is no command to the letter: one of ours after all, nearly one of ours, or none at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from bot import messages
from bot.commands import Command
from bot.context import Answer, Call
from bot.gate import OF_OPD, anyone, of_city
from bot.handlers import evidence, matters
from bot.handlers.help import elsewhere
from bot.reading import near
from bot.reading.near import Meant
from bot.reading.numbers import links
from bot.talk import Remark
from bot.way import Handler, Way
from db import chats

CONFIRM, EVIDENCE, INSTRUCT = "done", "bukti", "instruksi"
ASKING = ("kendala", "perpanjang")  # an OPD, of those who decide
LONGEST = 60  # characters behind a command that an answer says again

Handled = tuple[Way, str]


def finder(commands: Iterable[Command]) -> Callable[[Remark, str], Handled | None]:
    """Which way a remark goes, and with what text; None leaves it unanswered."""
    known = {name: command for command in commands for name in command.names}

    def find(remark: Remark, bot_name: str) -> Handled | None:
        if remark.is_private and (listed := near.bare(remark.text)) is not None:
            return known[CONFIRM].way, listed
        meant = near.meant(remark.text, known, bot_name)
        if meant is None:
            return _other(remark, known[EVIDENCE].way)
        command = known[meant.command]
        if not command.is_here(is_private=remark.is_private):
            return Way(command.way.name, anyone, elsewhere), ""
        if meant.is_plain:
            return _with_file(command.way, remark), meant.rest
        return _answering(partial(suggested, meant=meant))

    return find


async def suggested(call: Call, meant: Meant) -> Answer | None:
    """Who only decides what an OPD asks for does not ask: they get the list of it."""
    if not await _is_ours(call):
        return None
    if meant.command in ASKING and matters.only_decides(call):
        return await matters.listed(await of_city(*matters.DECIDING)(call))
    rest = meant.rest if len(meant.rest) <= LONGEST else ""
    return Answer(messages.suggested(f"/{meant.command} {rest}".strip()))


async def unknown(_call: Call) -> Answer:
    return Answer(messages.unknown_command())


async def remark(call: Call) -> Answer:
    return Answer(messages.remark(confirms=any(h.role in OF_OPD for h in call.speaker.posts)))


def _other(remark_made: Remark, evidence_way: Way) -> Handled | None:
    """Groups talk among themselves; of an album that begins with a command the rest has none."""
    has_words = remark_made.is_private and not remark_made.text.startswith("/")
    if remark_made.is_in_album or (has_words and (remark_made.has_file or links(remark_made.text))):
        gate = evidence.meant_for(evidence_way.gate)
        return Way(EVIDENCE, gate, evidence.sent, is_command=False), remark_made.text
    if not remark_made.is_private:
        return None
    return _answering(unknown if remark_made.text.startswith("/") else remark)


def _answering(handler: Handler) -> Handled:
    return Way("near", anyone, handler, is_command=False), ""


def _with_file(way: Way, remark_made: Remark) -> Way:
    """The same way; who sent a file along must not believe that it is kept."""
    if not remark_made.has_file or way.name in (CONFIRM, EVIDENCE, INSTRUCT):
        return way

    async def handler(call: Call) -> Answer | None:
        said = await way.handler(call)
        return said and replace(said, text=f"{said.text}\n{messages.file_not_kept()}".strip())

    return replace(way, handler=handler)


async def _is_ours(call: Call) -> bool:
    """In a group that is no OPD's the bot does not put in a word."""
    place = call.place
    if place.is_private:
        return True
    return await chats.of_chat(call.session, place.chat_id, place.topic) is not None
