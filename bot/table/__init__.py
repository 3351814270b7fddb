"""The table of commands and buttons, each with its gate, by who says and presses them.

A command's `where` says in which chats it is answered; its `menu` is what the `/` menu shows: the
first eleven that a person may say, and the help, which stands last.
"""

from __future__ import annotations

from bot.buttons import Discard, Save
from bot.commands import FRESH, PRIVATE, Command, Press
from bot.context import Answer, Call
from bot.gate import anyone
from bot.handlers import help, previews, privacy, start
from bot.table import centre, city, coordinator, opd

# What the posts of the city say, the most frequent first: so it stands in their menus and helps.
OFTEN = (
    "verifikasi", "kembalikan", "ringkasan", "jawab", "opd", "tenggat", "ubah", "instruksi",
    "ingatkan", "cek", "undang", "rekap", "daftar", "tutup", "hapus", "aduan", "tidak_relevan",
    "relevan", "akhiri", "hubungkan", "lepas",
)  # fmt: skip

__all__ = ["COMMANDS", "LINKS", "PRESSES", "PREVIEWS", "WAYS"]


def _often(command: Command) -> int:
    return OFTEN.index(command.names[0])


async def _start(call: Call) -> Answer:
    return await start.start(call, COMMANDS)


async def _help(call: Call) -> Answer:
    return await help.help(call, COMMANDS)


async def _save(call: Call) -> Answer:
    return await previews.save(call, PREVIEWS)


async def _discard(call: Call) -> Answer:
    return await previews.discard(call, PREVIEWS)


COMMANDS = (
    *opd.COMMANDS,
    *sorted((*city.COMMANDS, *coordinator.COMMANDS, *centre.COMMANDS), key=_often),
    Command(("start",), anyone, _start),
    Command(("privasi",), anyone, privacy.kept, PRIVATE, "Data Anda di bot ini"),
    Command(("bantuan", "help"), anyone, _help, FRESH, "Bantuan"),
)
PRESSES = (
    *opd.PRESSES,
    *city.PRESSES,
    *coordinator.PRESSES,
    *centre.PRESSES,
    Press(Save, anyone, _save),
    Press(Discard, anyone, _discard),
)
LINKS = opd.LINKS
PREVIEWS = {**coordinator.PREVIEWS, **centre.PREVIEWS}
WAYS = {command.way.name: command.way for command in COMMANDS}
