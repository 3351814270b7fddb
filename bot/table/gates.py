"""The gates of the table, by what they let do."""

from __future__ import annotations

from bot.buttons import OpenMatters
from bot.context import Call
from bot.gate import LEADS, OF_CITY, OF_OPD, Gate, either, leading, naming, of_city, of_opd, on_opd
from bot.handlers import matters
from bot.keyboards_decisions import ALL
from db.models import Role

CONFIRMING = of_opd(*OF_OPD)
LEADING = of_opd(*LEADS)
DECIDING = of_city(*matters.DECIDING)
REVIEWING = on_opd(Role.COORDINATOR)
COORDINATING = of_city(Role.COORDINATOR)


async def verifying(call: Call) -> Call:
    """In private without a word: the queue of all OPD."""
    is_of_all = call.place.is_private and not call.text
    return await (COORDINATING if is_of_all else REVIEWING)(call)


def or_list(gate: Gate) -> Gate:
    """Without a word, those who decide get the list of what is open; who has a post in an OPD as
    well, where that is not meant."""

    async def without_a_word(call: Call) -> Call:
        if call.text or not matters.decides(call):
            return await gate(call)
        return await (DECIDING if matters.only_decides(call) else either(gate, DECIDING))(call)

    return without_a_word


async def listing(call: Call) -> Call:
    """A page of what is open: of one OPD it is its own people's, too."""
    press: OpenMatters = call.press
    return await (DECIDING if press.opd == ALL else either(DECIDING_ON, CONFIRMING))(call)


REPORTING, POSTPONING = or_list(CONFIRMING), or_list(LEADING)
DECIDING_ON = on_opd(*matters.DECIDING)
APPOINTING = naming(either(COORDINATING, leading(*LEADS)))
READING = either(CONFIRMING, on_opd(*OF_CITY))  # what only those see whose work it is
LINKING = either(COORDINATING, of_opd(*OF_OPD))
